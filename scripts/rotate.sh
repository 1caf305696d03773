# Rotation of secrets in the stack that runs: checks the command line, the program in Rotation/ does the work.

rotating_secrets=(guest-token-secret assertion-key service-account-password api-client-secret superset-client-secret
    tenants-client-secret northside-integration-client-secret data-protection-key edge-token-key operator-key)

rotate_command() {
    local names=() all=false list=false force=()
    while [ $# -gt 0 ]; do
        case "$1" in
            --all) all=true ;;
            --list) list=true ;;
            --force) force=(--force) ;;
            --help | -h)
                rotate_help
                return
                ;;
            -*) fail_usage "rotate has no option '$1'" "./embedstack rotate --help" ;;
            *)
                [[ " ${rotating_secrets[*]} " == *" $1 "* ]] || fail_usage "there is no secret '$1' to rotate" "./embedstack rotate --help"
                names+=("$1")
                ;;
        esac
        shift
    done
    case "$list/$all/${#names[@]}" in
        true/false/0)
            names=(list)
            force=()
            ;;
        false/true/0) names=("${rotating_secrets[@]}") ;;
        false/false/0) fail_usage "rotate takes a secret's name, --all or --list" "./embedstack rotate --help" ;;
        false/false/*) ;;
        *) fail_usage "rotate takes names, --all or --list, one of these" "./embedstack rotate --help" ;;
    esac
    needs_own_stack
    run_program Rotation ${force[@]+"${force[@]}"} "${names[@]}"
}

rotate_help() {
    local name
    say "usage: ./embedstack rotate NAME… | --all [--force] | --list"
    say "Gives a secret a new value while the stack runs: without a restart; the value before is accepted for a while yet (docs/operations.md)."
    for name in "${rotating_secrets[@]}"; do
        say "  $name"
    done
    say "  --all    all of them, one after another"
    say "  --list   shows each one's age"
    say "  --force  also where tokens, or the Api's sessions, still need the value before the current one; they end"
    say "Run it again to finish one that was interrupted. Exit code 0: done, 1: failed, 2: wrong command line, 3: not up."
}
