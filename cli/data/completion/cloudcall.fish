# Completion of cloudcall for fish: cloudcall completion fish > ~/.config/fish/completions/cloudcall.fish
function __cloudcall_complete
    set -l before (commandline -opc)
    set -l current (commandline -ct)
    cloudcall complete fish "=$current" $before 2>/dev/null
end
complete -c cloudcall -f -a '(__cloudcall_complete)'
