# Benchmarks: sets up and builds what they need; the program in tests/Load/ starts both sides, one after the other.

bench_command() {
    local name="" seconds=10
    while [ $# -gt 0 ]; do
        case "$1" in
            --seconds)
                option_value bench "$@"
                seconds="$2"
                shift
                ;;
            --seconds=*) seconds="${1#*=}" ;;
            --help | -h)
                say "usage: ./embedstack bench tokens | edge [--seconds N]"
                say "Measures on this machine, in one run, prints a table and writes artifacts/bench/NAME.json. The stack must be down."
                say "  tokens     mints of guest tokens at 1, 10 and 100 callers: stock Superset, EmbedStack by handshake and signed,"
                say "             and a Node backend as the embedded SDK's README suggests"
                say "  edge       charts at 1, 10, 100 and 500 viewers of many clinics, cold and warm: stock Superset, EmbedStack without"
                say "             the edge's caches and with them, and Kestrel from memory as the limit"
                say "  --seconds  how long each measurement takes; 10 where it is left out"
                say "Exit code 0: every answer was right."
                return
                ;;
            -*) fail_usage "bench has no option '$1'" "./embedstack bench --help" ;;
            *)
                [ -z "$name" ] || fail_usage "bench takes one name, not '$name' and '$1'" "./embedstack bench --help"
                name="$1"
                ;;
        esac
        shift
    done
    case "$name" in
        tokens | edge) ;;
        "") fail_usage "bench takes a name" "./embedstack bench --help" ;;
        *) fail_usage "there is no benchmark '$name'" "./embedstack bench --help" ;;
    esac
    case "$seconds" in
        "" | 0 | *[!0-9]*) fail_usage "--seconds takes a number" "./embedstack bench --help" ;;
    esac
    ! is_running || fail "stack" "it is up, and would share the machine with what is measured" "./embedstack down"
    take_setup_lock
    say "Setting up"
    setup_all native
    # As it would be deployed: unoptimized code measures the compiler's settings.
    build_configuration=Release build bench AppHost/AppHost.csproj tests/Load/Load.csproj
    finish_setup
    release_setup_lock
    exec env EMBEDSTACK_ASPIRE="$aspire_mode" DOTNET_ENVIRONMENT=Production Logging__LogLevel__Default=Warning \
        Load__Root="$root" Load__State="$state" Load__Node="$node_bin" \
        Load__AppHost="$root/artifacts/$aspire_mode/bin/AppHost/release/AppHost.dll" \
        dotnet "$root/artifacts/$aspire_mode/bin/Load/release/Load.dll" "$name" "$seconds"
}
