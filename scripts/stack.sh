# The stack: up, down, status. The AppHost keeps a status file; its lines are tab-separated.

run="$state/run"
status_file="$run/status"
lock_file="$run/lock"
apphost_log="$run/apphost.log"
# Fixed ports of a stack that keeps its data: web, api, embed, authors, keycloak and its management, superset, postgres, redis, renderer, dashboard.
stack_ports=(5173 5180 5181 5182 5183 5184 5185 5186 5187 5188 5190)
start_timeout="${EMBEDSTACK_START_TIMEOUT:-300}"

# What the commands read: the file of this clone's stack, or the one that needs_running_stack has found.
status="$status_file"

# status_lines KIND [NAME]
status_lines() { [ -f "$status" ] && grep -a "^$1"$'\t'"${2:+$2$'\t'}" "$status" || true; }

# status_value KIND [NAME]: what the first such line says.
status_value() { status_lines "$@" | head -n 1 | cut -f"$(($# + 1))"; }

# The lock is inherited by everything that the AppHost starts: free means that nothing of the stack is left.
take_lock() {
    mkdir -p "$run"
    chmod 700 "$run"
    exec 9>"$lock_file"
    flock --timeout 3 9
}

# needs_running_stack: $status is the status file of the stack that runs; exit code 3 where none does.
needs_running_stack() {
    status="${EmbedStack__StatusFile:-$status_file}"
    if { [ -z "${EmbedStack__StatusFile:-}" ] && ! is_running; } || [ ! -f "$status" ]; then
        printf 'embedstack: stack: it is not up. Next: ./embedstack up\n' >&2
        exit 3
    fi
}

# needs_own_stack: the same, of a stack whose secrets this user may read.
needs_own_stack() {
    needs_running_stack
    [ -O "$status" ] || fail "stack" "another user started it ($(stat -c %U "$status"))" "run this as that user"
}

is_running() { mkdir -p "$run" && ! flock --shared --nonblock "$lock_file" true 2>/dev/null; }

session_folder() { printf '%s/embedstack-%s-%s' "${TMPDIR:-/tmp}" "$(id -u)" "$(printf '%s' "$root" | sha256sum | cut -c1-12)"; }

stack_up() {
    local detach=false runtime=native code=0
    while [ $# -gt 0 ]; do
        case "$1" in
            --detach) detach=true ;;
            --runtime)
                runtime="${2:-nothing}"
                shift $(($# > 1))
                ;;
            --runtime=*) runtime="${1#*=}" ;;
            --help | -h)
                say "usage: ./embedstack up [--detach] [--runtime native|container]"
                say "Sets up what is missing, starts the stack and says where it runs. Ctrl+C stops it; with --detach './embedstack down' does."
                return
                ;;
            *) fail_usage "up has no option '$1'" "./embedstack up --help" ;;
        esac
        shift
    done
    check_runtime "$runtime" "./embedstack up --help"
    if is_running; then
        already_up
        return
    fi
    take_setup_lock
    say "Setting up"
    setup_all "$runtime"
    build stack AppHost/AppHost.csproj
    finish_setup
    take_lock || fail "stack" "another start of this clone is under way" "./embedstack status"
    release_setup_lock
    sweep_containers
    check_ports
    trap 'stop_apphost; exit 130' INT TERM HUP
    start_apphost "$runtime"
    follow_start
    print_addresses
    if $detach; then
        trap - INT TERM HUP
        say "It runs in the background; ./embedstack down stops it."
        return
    fi
    say "Ctrl+C stops everything."
    wait "$apphost_pid" || code=$?
    trap - INT TERM HUP
    wait_until_gone
    [ "$code" -eq 0 ] || fail "stack" "the AppHost ended with exit code $code" "read ${apphost_log#"$root"/}, then ./embedstack up"
    say "EmbedStack is down."
}

# check_runtime RUNTIME NEXT
check_runtime() {
    case "$1" in
        native | container) ;;
        *) fail_usage "--runtime is native or container, not '$1'" "$2" ;;
    esac
}

already_up() {
    case "$(status_value state)" in
        running)
            say "EmbedStack is already up."
            print_addresses
            ;;
        starting | "") fail "stack" "another start of this clone is under way" "./embedstack status" ;;
        *) fail "stack" "it is up, but its state is $(status_value state)" "./embedstack down, then ./embedstack up" ;;
    esac
}

check_ports() {
    local port
    for port in "${stack_ports[@]}"; do
        if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
            fail "port $port" "another program listens on it$(listener "$port")" "stop that program, then ./embedstack up"
        fi
    done
}

listener() {
    command -v ss >/dev/null || return 0
    ss -Hltnp "sport = :$1" 2>/dev/null | sed -n 's/.*users:(("\([^"]*\)",pid=\([0-9]*\).*/ (\1, process \2)/p' | head -n 1
}

start_apphost() {
    local sessions
    sessions="$(session_folder)"
    # Sessions of an engine that was killed: with the lock in hand, nobody uses them.
    rm -rf "$sessions"
    mkdir -m 700 "$sessions"
    rm -f "$status_file"
    (umask 077 && : >"$apphost_log")
    # A session of its own: Ctrl+C reaches the script alone, which stops the AppHost in order.
    # DOTNET_ENVIRONMENT=Development is what makes Aspire load and keep generated secrets. Its own message with the
    # dashboard's login token stays out of the log. no_proxy: a caller's proxy must not see loopback traffic.
    (
        cd AppHost
        exec env --default-signal=INT,QUIT --unset=PGOPTIONS \
            TMPDIR="$sessions" \
            no_proxy="localhost,127.0.0.1,::1${no_proxy:+,$no_proxy}" \
            DOTNET_ENVIRONMENT=Development \
            ASPNETCORE_ENVIRONMENT=Development \
            ASPNETCORE_URLS=http://localhost:5190 \
            ASPIRE_ALLOW_UNSECURED_TRANSPORT=true \
            Logging__LogLevel__Aspire.Hosting.DistributedApplication=Warning \
            EmbedStack__Persist=true \
            EmbedStack__StatusFile="$status_file" \
            EmbedStack__Runtime="$1" \
            setsid dotnet "$root/artifacts/$aspire_mode/bin/AppHost/debug/AppHost.dll"
    ) >>"$apphost_log" 2>&1 </dev/null &
    apphost_pid=$!
    printf '%s' "$apphost_pid" >"$run/pid"
    started=$SECONDS
}

# follow_start: one line a resource as it becomes ready, until all are or one fails.
follow_start() {
    local shown=$'\n' name health seconds line
    say "Starting"
    while :; do
        while IFS=$'\t' read -r _ name line health seconds; do
            [[ "$shown" == *$'\n'"$name"$'\n'* ]] && continue
            case "$line/$health" in
                Running/Healthy) line=healthy ;;
                Finished/* | Exited/*) line=done ;;
                *) continue ;;
            esac
            printf '  %-34s %s (%ss)\n' "$name" "$line" "$seconds"
            shown+="$name"$'\n'
        done < <(status_lines resource)
        case "$(status_value state)" in
            running) return ;;
            failed) start_failed ;;
        esac
        kill -0 "$apphost_pid" 2>/dev/null || start_failed
        [ $((SECONDS - started)) -lt "$start_timeout" ] || start_failed "not all resources were ready after $start_timeout s ($(waiting_resources))"
        sleep 0.3
    done
}

waiting_resources() {
    status_lines resource | awk -F'\t' '!($3 == "Finished" || $3 == "Exited" || ($3 == "Running" && $4 != "Unhealthy")) { printf "%s%s %s", sep, $2, $3; sep = ", " }'
}

start_failed() {
    local part cause="${1:-}"
    part="$(status_lines error | head -n 1 | cut -f2)"
    [ -n "$cause" ] || cause="$(status_lines error | head -n 1 | cut -f3)"
    [ -n "$cause" ] || cause="$(last_cause "$apphost_log")"
    stop_apphost quietly
    fail "${part:-stack}" "$cause" "read ${apphost_log#"$root"/}, then ./embedstack up"
}

stop_apphost() {
    trap '' INT TERM HUP
    [ -n "${1:-}" ] || say "Stopping"
    [ -z "${apphost_pid:-}" ] || kill -TERM "$apphost_pid" 2>/dev/null || true
    wait_until_gone
}

# Nothing of the stack may be left: its processes hold the lock, so a free lock tells.
wait_until_gone() {
    local since=$SECONDS
    exec 9>&-
    while is_running; do
        [ $((SECONDS - since)) -lt 60 ] || kill_lock_holders
        [ $((SECONDS - since)) -lt 70 ] || fail "stack" "processes of the stack are still there after 70 s" "look for them with: fuser ${lock_file#"$root"/}"
        sleep 0.5
    done
    rm -rf "$(session_folder)"
    rm -f "$run/pid"
}

kill_lock_holders() {
    find /proc/[0-9]*/fd -lname "$lock_file" -printf '%h\n' 2>/dev/null | cut -d/ -f3 | sort -u | while read -r holder; do
        [ "$holder" = "$$" ] || kill -KILL "$holder" 2>/dev/null || true
    done
}

print_users() {
    local tenant user password role
    while IFS=$'\t' read -r _ tenant user password role; do
        printf '  %-18s %-32s password %s  (%s)\n' "$tenant" "$user" "$password" "$role"
    done < <(status_lines user)
}

print_addresses() {
    local title url authority tenant user password role shown=" " more=0
    say
    while IFS=$'\t' read -r _ title url; do
        printf '  %-18s %s\n' "$title" "$url"
    done < <(status_lines url)
    while IFS=$'\t' read -r _ authority _; do
        printf '  %-18s %s\n' "Trust in browsers" "${authority#"$root"/} (docs/operations.md, HTTPS)"
    done < <(status_lines https)
    say
    while IFS=$'\t' read -r _ tenant user password role; do
        case $shown in
            *" $role "*) more=$((more + 1)) ;;
            *)
                shown="$shown$role "
                printf '  %-18s %-28s password %s  (%s)\n' "$tenant" "$user" "$password" "$role"
                ;;
        esac
    done < <(status_lines user)
    [ "$more" = 0 ] || printf '  %-18s ./embedstack status --users\n' "$more more"
    say
}

stack_down() {
    local volumes=false
    while [ $# -gt 0 ]; do
        case "$1" in
            --volumes) volumes=true ;;
            --help | -h)
                say "usage: ./embedstack down [--volumes]"
                say "Stops the stack that runs. --volumes deletes its data as well."
                return
                ;;
            *) fail_usage "down has no option '$1'" "./embedstack down --help" ;;
        esac
        shift
    done
    if is_running; then
        apphost_pid="$(cat "$run/pid" 2>/dev/null || true)"
        [ -n "$apphost_pid" ] || fail "stack" "a start is under way" "wait for it, or press Ctrl+C there"
        say "Stopping"
        kill -TERM "$apphost_pid" 2>/dev/null || true
        wait_until_gone
        say "EmbedStack is down."
    else
        say "EmbedStack is not up."
    fi
    if $volumes; then
        # Where the server's user could not reach the folder, a link stands in its place.
        if [ -L "$state/data/postgres" ]; then
            rm -rf "$(readlink -f "$state/data/postgres")"
        fi
        rm -rf "$state/data"
        delete_volumes
        say "Its data is deleted."
    fi
}

stack_status() {
    local users=false
    case "${1:-}" in
        "") ;;
        --users) users=true ;;
        --help | -h)
            say "usage: ./embedstack status [--users]"
            say "Shows each resource's state and the addresses; with --users, every demo person and their password instead."
            say "Exit code 0: up, 1: starting or failed, 3: not up."
            return
            ;;
        *) fail_usage "status has no option '$1'" "./embedstack status --help" ;;
    esac
    if ! is_running; then
        say "EmbedStack is not up."
        exit 3
    fi
    if $users; then
        print_users
        return
    fi
    local name line health
    while IFS=$'\t' read -r _ name line health _; do
        printf '  %-34s %s%s\n' "$name" "$line" "$([ "$health" = - ] || printf ', %s' "$health")"
    done < <(status_lines resource)
    print_addresses
    [ "$(status_value state)" = running ] || exit 1
}
