#compdef cloudcall
# Completion of cloudcall for zsh: source <(cloudcall completion zsh), after compinit
_cloudcall() {
    local line value
    local -a closed closed_shown open open_shown
    for line in "${(@f)$(cloudcall complete zsh "=${(Q)PREFIX}" "${(@Q)words[1,CURRENT-1]}" 2>/dev/null)}"; do
        [[ -n $line ]] || continue
        value=${line%%$'\t'*}
        if [[ $value == *[/=.@] ]]; then
            open+=("$value") open_shown+=("${line/$'\t'/  -- }")
        else
            closed+=("$value") closed_shown+=("${line/$'\t'/  -- }")
        fi
    done
    (( $#closed )) && compadd -U -l -d closed_shown -a closed
    (( $#open )) && compadd -U -S '' -l -d open_shown -a open
    return 0
}
compdef _cloudcall cloudcall
