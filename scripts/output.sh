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

# step PART NEXT COMMAND…: runs a long step, shows that it goes on, keeps its output in a log.
step() {
    local part="$1" next="$2" log started pid elapsed shown=0
    shift 2
    mkdir -p "$state/logs"
    log="$state/logs/$(printf '%s' "$part" | tr -c 'A-Za-z0-9.\n' '-').log"
    started=$SECONDS
    printf '  %-34s ' "$part"
    # A process group of its own, so that whoever stops the script stops the step with all it started.
    set -m
    ("$@") >"$log" 2>&1 </dev/null 8>&- 9>&- &
    pid=$!
    set +m
    trap 'kill -TERM -- "-$pid" 2>/dev/null; exit 130' INT TERM HUP
    while kill -0 "$pid" 2>/dev/null; do
        sleep 0.2
        elapsed=$((SECONDS - started))
        if [ "$elapsed" -ge $((shown + 10)) ]; then
            printf '%ss… ' "$elapsed"
            shown=$elapsed
        fi
    done
    trap - INT TERM HUP
    if wait "$pid"; then
        printf 'ready (%ss)\n' "$((SECONDS - started))"
    else
        printf 'failed\n'
        fail "$part" "$(last_cause "$log")" "$next (log: ${log#"$root"/})"
    fi
}
