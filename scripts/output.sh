# What the script says: one line a step, one line a failure.

say() { printf '%s\n' "$*"; }

# fail PART CAUSE NEXT: a failure in one line that names the part, the cause and the next step.
fail() {
    printf 'embedstack: %s: %s. Next: %s\n' "$1" "${2%.}" "$3" >&2
    exit 1
}

# fail_usage CAUSE NEXT: the command line is wrong.
fail_usage() {
    printf 'embedstack: %s. Next: %s\n' "$1" "$2" >&2
    exit 2
}

# last_cause LOG: the line of a log that names the cause best.
last_cause() {
    local line
    # Frames of a stack trace say where, not why.
    line="$(grep -av '^[[:space:]]*at ' "$1" 2>/dev/null | grep -aiE '(error|fatal|no space|could not|cannot|unable|failed|denied)' | tail -n 1 || true)"
    [ -n "$line" ] || line="$(grep -avE '^[[:space:]]*(at .*)?$' "$1" 2>/dev/null | tail -n 1 || true)"
    printf '%s' "${line:-it ended without a word}" | tr -s '[:space:]' ' ' | cut -c1-300
}

declare -A step_pid=() step_next=() step_began=() step_ended=()

# step PART NEXT COMMAND…: runs a long step, shows that it goes on, keeps its output in a log.
step() {
    begin_step "$@"
    end_step "$1"
}

step_name() { printf '%s' "$1" | tr -c 'A-Za-z0-9.\n' '-'; }

# begin_step PART NEXT COMMAND…: starts a step that goes on beside others; end_step PART waits for it.
begin_step() {
    local name
    name="$(step_name "$1")"
    step_next[$name]="$2"
    shift 2
    mkdir -p "$state/logs"
    # A process group of its own, so that whoever stops the script stops the step with all it started.
    set -m
    ("$@") >"$state/logs/$name.log" 2>&1 </dev/null 8>&- 9>&- &
    step_pid[$name]=$!
    set +m
    step_began[$name]=$SECONDS
    trap 'exit 130' INT TERM HUP
    trap stop_steps EXIT
}

stop_steps() {
    local name
    for name in "${!step_pid[@]}"; do kill -TERM -- "-${step_pid[$name]}" 2>/dev/null || true; done
}

# end_step PART: nothing to say where it was not begun.
end_step() {
    local part="$1" name pid log shown=0 elapsed
    name="$(step_name "$part")"
    pid="${step_pid[$name]:-}"
    [ -n "$pid" ] || return 0
    log="$state/logs/$name.log"
    printf '  %-34s ' "$part"
    while note_ended_steps && [ -z "${step_ended[$name]:-}" ]; do
        sleep 0.2
        elapsed=$((SECONDS - step_began[$name]))
        if [ "$elapsed" -ge $((shown + 10)) ]; then
            printf '%ss… ' "$elapsed"
            shown=$elapsed
        fi
    done
    elapsed=$((step_ended[$name] - step_began[$name]))
    unset "step_pid[$name]" "step_ended[$name]"
    [ ${#step_pid[@]} -gt 0 ] || trap - INT TERM HUP EXIT
    if wait "$pid"; then
        # What it left running, such as the compiler's server.
        kill -TERM -- "-$pid" 2>/dev/null || true
        printf 'ready (%ss)\n' "$elapsed"
    else
        printf 'failed\n'
        fail "$part" "$(last_cause "$log")" "${step_next[$name]} (log: ${log#"$root"/})"
    fi
}

note_ended_steps() {
    local name
    for name in "${!step_pid[@]}"; do
        kill -0 "${step_pid[$name]}" 2>/dev/null || : "${step_ended[$name]:=$SECONDS}"
    done
}
