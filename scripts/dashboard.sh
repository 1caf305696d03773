# Dashboards as files: checks the command line, the program in Authoring/ and the lint in SupersetContainer/ do the work.

dashboard_command() {
    local verb="${1:-}"
    [ $# -gt 0 ] && shift
    case "$verb" in
        record) dashboard_record "$@" ;;
        pull | diff | push | lint) dashboard_loop "$verb" "$@" ;;
        --help | -h)
            say "usage: ./embedstack dashboard pull|diff|lint|push|record KEY… | --all"
            say "Dashboards drawn in Superset, as files under SupersetContainer/assets. Each has --help."
            say "  pull    has the files say what Superset has"
            say "  diff    shows what pull would change"
            say "  lint    holds the files against the rules that keep tenants apart"
            say "  push    puts the files into Superset"
            say "  record  opens and saves each chart in Explore, and writes the files"
            ;;
        "") fail_usage "dashboard takes pull, diff, lint, push or record" "./embedstack dashboard --help" ;;
        *) fail_usage "dashboard has no command '$verb'" "./embedstack dashboard --help" ;;
    esac
}

dashboard_record() {
    local keys=() all=false import=true
    while [ $# -gt 0 ]; do
        case "$1" in
            --keep) import=false ;;
            --help | -h)
                say "usage: ./embedstack dashboard record KEY… | --all [--keep]"
                say "Opens each chart of a dashboard in Explore, in the stack that runs, saves it there, and writes the dashboard, its charts and"
                say "datasets to SupersetContainer/assets: with the query_context that Explore wrote, and UUIDs for this installation's numbers."
                say "  KEY     a key of SupersetContainer/assets/catalog.yaml"
                say "  --all   every dashboard of the catalogue"
                say "  --keep  records what stands in Superset; else the files go in first, over what was changed there"
                return
                ;;
            *) dashboard_key record "$1" ;;
        esac
        shift
    done
    check_dashboard_keys record
    export Authoring__Pictures="$state/logs" Authoring__Import=$import
    authoring_program record
}

# dashboard_loop VERB ARGUMENT…
dashboard_loop() {
    local verb="$1" keys=() all=false
    shift
    while [ $# -gt 0 ]; do
        case "$1" in
            --help | -h)
                dashboard_loop_help "$verb"
                return
                ;;
            *) dashboard_key "$verb" "$1" ;;
        esac
        shift
    done
    [ "$verb" = lint ] && [ ${#keys[@]} -eq 0 ] && all=true
    check_dashboard_keys "$verb"
    if [ "$verb" = lint ]; then
        setup_lint
        exec env -u PYTHONHOME -u PYTHONSTARTUP PYTHONPATH="$root/SupersetContainer" PYTHONDONTWRITEBYTECODE=1 \
            "$venv/bin/python" -m embedstack.assets_lint "$root/SupersetContainer/assets" ${keys[@]+"${keys[@]}"}
    fi
    export Authoring__Python="$venv/bin/python" Authoring__Package="$root/SupersetContainer"
    authoring_program "$verb"
}

dashboard_loop_help() {
    case "$1" in
        pull)
            say "usage: ./embedstack dashboard pull KEY… | --all"
            say "Writes dashboards that were changed in Superset, in the stack that runs, and their charts to SupersetContainer/assets. What"
            say "the lint refuses is told in one line a finding, and nothing is written: exit code 1. A dashboard that the catalogue lacks is"
            say "found by its URL slug, and the entry to add is shown. Charts that no dashboard shows any more are deleted."
            ;;
        diff)
            say "usage: ./embedstack dashboard diff KEY… | --all"
            say "Shows what pull would change, as a unified diff from the files to Superset. Exit code 0 where nothing would, else 1."
            ;;
        lint)
            say "usage: ./embedstack dashboard lint [KEY… | --all]"
            say "Holds the files under SupersetContainer/assets against the rules in docs/authoring.md; no stack need run. Exit code 0 where"
            say "nothing is refused, else 1, with one line a finding: file, rule, cause, next step."
            ;;
        push)
            say "usage: ./embedstack dashboard push KEY… | --all"
            say "Puts dashboards and their charts from the files into Superset, in the stack that runs, over what was changed there; embeds"
            say "show them at once. What the lint refuses is not put there. Datasets and the catalogue come with ./embedstack up."
            ;;
    esac
    say "  KEY    a key of SupersetContainer/assets/catalog.yaml"
    say "  --all  every dashboard of the catalogue"
}

# dashboard_key VERB ARGUMENT: a key, or --all.
dashboard_key() {
    case "$2" in
        --all) all=true ;;
        -*) fail_usage "dashboard $1 has no option '$2'" "./embedstack dashboard $1 --help" ;;
        *) keys+=("$2") ;;
    esac
}

check_dashboard_keys() {
    if $all; then
        [ ${#keys[@]} -eq 0 ] || fail_usage "dashboard $1 takes keys or --all, not both" "./embedstack dashboard $1 --help"
    else
        [ ${#keys[@]} -gt 0 ] || fail_usage "dashboard $1 takes a dashboard's key, or --all" "./embedstack dashboard $1 --help"
    fi
}

# The lint runs in Superset's Python, which the container runtime alone does not bring to this machine.
setup_lint() {
    [ -e "$venv/.stamp" ] && return
    take_setup_lock
    begin_python
    finish_setup
    release_setup_lock
}

authoring_program() {
    needs_running_stack
    has_chromium || fail "browser" "no Chromium is on PATH" "install Debian's package chromium"
    [ "$1" = record ] || [ "$1" = diff ] || setup_lint
    export Authoring__Assets="$root/SupersetContainer/assets"
    run_program Authoring "$1" ${keys[@]+"${keys[@]}"}
}
