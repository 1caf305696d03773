# Dashboards as files: checks the command line, the program in Authoring/ does the work.

dashboard_command() {
    local verb="${1:-}"
    [ $# -gt 0 ] && shift
    case "$verb" in
        record) dashboard_record "$@" ;;
        --help | -h)
            say "usage: ./embedstack dashboard record KEY… [options]"
            say "Dashboards under SupersetContainer/assets. It has --help." ;;
        "") fail_usage "dashboard takes record" "./embedstack dashboard --help" ;;
        *) fail_usage "dashboard has no command '$verb'" "./embedstack dashboard --help" ;;
    esac
}

dashboard_record() {
    local keys=() all=false import=true
    while [ $# -gt 0 ]; do
        case "$1" in
            --all) all=true ;;
            --keep) import=false ;;
            --help | -h)
                say "usage: ./embedstack dashboard record KEY… | --all [--keep]"
                say "Opens each chart of a dashboard in Explore, in the stack that runs, saves it there, and writes the dashboard, its charts and"
                say "datasets to SupersetContainer/assets: with the query_context that Explore wrote, and UUIDs for this installation's numbers."
                say "  KEY     a key of SupersetContainer/assets/catalog.yaml"
                say "  --all   every dashboard of the catalogue"
                say "  --keep  records what stands in Superset; else the files go in first, over what was changed there"
                return ;;
            -*) fail_usage "dashboard record has no option '$1'" "./embedstack dashboard record --help" ;;
            *) keys+=("$1") ;;
        esac
        shift
    done
    if $all; then
        [ ${#keys[@]} -eq 0 ] || fail_usage "dashboard record takes keys or --all, not both" "./embedstack dashboard record --help"
    else
        [ ${#keys[@]} -gt 0 ] || fail_usage "dashboard record takes a dashboard's key, or --all" "./embedstack dashboard record --help"
    fi
    [ -n "${EmbedStack__StatusFile:-}" ] || is_running || fail "stack" "dashboards are recorded in a stack that runs, and none does" "./embedstack up"
    has_chromium || fail "browser" "no Chromium is on PATH" "install Debian's package chromium"
    take_setup_lock
    setup_aspire
    build authoring Authoring/Authoring.csproj
    release_setup_lock
    exec env DOTNET_ENVIRONMENT=Production EmbedStack__StatusFile="${EmbedStack__StatusFile:-$status_file}" \
        Authoring__Assets="$root/SupersetContainer/assets" Authoring__Pictures="$state/logs" Authoring__Import=$import \
        dotnet "$root/artifacts/$aspire_mode/bin/Authoring/debug/Authoring.dll" ${keys[@]+"${keys[@]}"}
}
