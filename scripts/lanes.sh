# Lanes: suites of tests that run beside each other. What a suite writes is kept, and printed whole when it ends.

lane_says_every=30
lanes_patience=30

# run_lanes LANE…: each LANE is a function that calls suite; all at once, or one after the other where there is one core.
# Fails where a suite did.
run_lanes() {
    local lane lanes=() failed=0 side_by_side=true under_way="$reports/under-way" started=$SECONDS said=$SECONDS
    if [ $# -lt 2 ] || [ "$(nproc)" -lt 2 ]; then
        side_by_side=false
        for lane in "$@"; do "$lane"; done
        return "$failed"
    fi
    mkdir -p "$under_way"
    # Process groups of their own, so that whoever stops the script stops each lane with all it started.
    set -m
    for lane in "$@"; do
        (trap 'exit 130' INT TERM && "$lane" && exit "$failed") </dev/null &
        lanes+=($!)
    done
    set +m
    trap 'stop_lanes; exit 130' INT TERM HUP
    while kill -0 "${lanes[@]}" 2>/dev/null; do
        sleep 0.2
        [ $((SECONDS - said)) -lt "$lane_says_every" ] || { said=$SECONDS && say_under_way; }
    done
    trap - INT TERM HUP
    for lane in "${lanes[@]}"; do wait "$lane" || failed=1; done
    return "$failed"
}

# suite NAME COMMAND…: one suite of a lane.
suite() {
    local name="$1" code=0 since=$SECONDS log="$reports/under-way/$1.log"
    shift
    if $side_by_side; then
        "$@" >"$log" 2>&1 || code=$?
        # One suite at a time: the lanes end theirs whenever they do.
        {
            flock 7
            say "$name ($((SECONDS - since))s)"
            cat "$log"
            mv "$log" "$reports/"
        } 7>"$reports/printing.lock"
    else
        say "$name"
        "$@" || code=$?
        say "  $name took $((SECONDS - since))s"
    fi
    [ "$code" -eq 0 ] || failed=1
}

# The last line of each suite under way tells how far it is, and where it hangs.
say_under_way() {
    local log
    {
        flock 7
        for log in "$under_way"/*.log; do
            [ ! -e "$log" ] || printf '  %4ss  %s: %s\n' "$((SECONDS - started))" "$(basename "$log" .log)" \
                "$(tail -n 1 "$log" | LC_ALL=C tr -dc '[:print:]' | tr -s ' ' | cut -c1-150)"
        done
    } 7>"$reports/printing.lock"
}

stop_lanes() {
    local signal
    trap '' INT TERM HUP
    say "Stopping"
    say_under_way
    for signal in INT TERM KILL; do
        kill -"$signal" -- "${lanes[@]/#/-}" 2>/dev/null || return 0
        if lanes_end; then return; fi
    done
}

# Whether nothing of any lane is left in good time.
lanes_end() {
    local since=$SECONDS
    while kill -0 -- "${lanes[@]/#/-}" 2>/dev/null; do
        [ $((SECONDS - since)) -lt "$lanes_patience" ] || return 1
        sleep 0.2
    done
}
