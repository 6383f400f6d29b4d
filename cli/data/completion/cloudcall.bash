# Completion of cloudcall for bash: source <(cloudcall completion bash)
_cloudcall() {
    local line
    COMPREPLY=()
    while IFS= read -r line; do
        COMPREPLY+=("$line")
    done < <(cloudcall complete bash "$COMP_POINT" "$COMP_LINE" "$2" 2>/dev/null)
    if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[/=.@] ]]; then
        compopt -o nospace 2>/dev/null
    fi
}
complete -F _cloudcall cloudcall
