# The doctor: checks the command line, the program in Doctor/ examines.

doctor_command() {
    local json=() superset=()
    while [ $# -gt 0 ]; do
        case "$1" in
            --json) json=(--json) ;;
            --superset)
                option_value doctor "$@"
                superset=(--superset "$2")
                shift
                ;;
            --superset=*) superset=(--superset "${1#*=}") ;;
            --help | -h)
                say "usage: ./embedstack doctor [--json] [--superset URL]"
                say "Examines the stack that runs for what embedding is known to fail by, and says cause and fix (docs/doctor.md). It changes nothing."
                say "  --json          for programs"
                say "  --superset URL  any Superset instead, by one login and GETs; name and password are taken from the environment:"
                say "                  EMBEDSTACK_SUPERSET_USERNAME, EMBEDSTACK_SUPERSET_PASSWORD"
                say "Exit code 0: healthy, 1: something was found, 2: wrong command line, 3: something could not be examined."
                return
                ;;
            *) fail_usage "doctor has no option '$1'" "./embedstack doctor --help" ;;
        esac
        shift
    done
    case "${superset[1]-https://}" in
        *://*@*) fail_usage "--superset takes an address without name and password" "./embedstack doctor --help" ;;
        http://* | https://*) ;;
        *) fail_usage "--superset takes an address, not '${superset[1]}'" "./embedstack doctor --help" ;;
    esac
    doctor_program ${json[@]+"${json[@]}"} ${superset[@]+"${superset[@]}"}
}

# await_late_parts [SECONDS]: a stack is up before the parts that it does without. While it has just been started, they get their time.
await_late_parts() {
    local left="${1:-60}"
    if have_late_parts; then say "Waiting up to $left s for what starts yet: $(late_parts | paste -sd ' ')" >&2; fi
    while [ "$left" -gt 0 ] && have_late_parts; do
        sleep 1
        left=$((left - 1))
    done
}

have_late_parts() { [ -n "$(find "$run/pid" -mmin -5 2>/dev/null)" ] && [ -n "$(late_parts)" ]; }

late_parts() { status_lines resource | awk -F'\t' '$3 == "Waiting" || $3 == "Starting" || ($3 == "Running" && $4 == "Unhealthy") { print $2 }'; }

doctor_program() {
    if [[ " $* " != *" --superset "* ]]; then
        needs_running_stack
        await_late_parts
    fi
    export Doctor__Catalogue="$root/SupersetContainer/assets/catalog.yaml"
    run_program Doctor "$@"
}
