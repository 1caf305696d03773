# Warming up the stack that runs: begins it at the Api and shows how far it is.

warm_command() {
    case "${1:-}" in
        "") ;;
        --help | -h)
            say "usage: ./embedstack warm"
            say "Asks ahead what pages ask when they open, for each tenant and role, so that whoever comes next finds answers kept."
            say "It shows how far it is; Ctrl+C leaves it, and it goes on. What no page has asked yet is not known."
            say "Exit code 0: done, 1: failed, 2: wrong command line, 3: not up."
            return
            ;;
        *) fail_usage "warm takes no '$1'" "./embedstack warm --help" ;;
    esac
    local address key
    needs_own_stack
    address="$(status_value service api)"
    key="$(status_value secrets)/operator/operator-key"
    if [ -z "$address" ] || [ ! -r "$key" ]; then
        fail "stack" "it is not that far up" "./embedstack status"
    fi
    ask_api POST >/dev/null || fail "api" "it does not answer" "./embedstack status"
    follow_warm_up
}

# ask_api METHOD: the key stays out of arguments, which every user can read.
ask_api() {
    curl --fail --silent --noproxy '*' --max-time 10 --request "$1" \
        --header 'Host: operator.embedstack.internal' --header @<(printf 'X-EmbedStack-Operator: %s\n' "$(head -n 1 "$key")") "$address/api/operator/warm-up"
}

follow_warm_up() {
    local answer missed=0 began=$SECONDS shown=0 total done failed
    printf '  %-34s ' "dashboards"
    while :; do
        sleep "${warm_pause:-1}"
        if ! answer="$(ask_api GET)"; then
            missed=$((missed + 1))
            [ "$missed" -lt 3 ] && continue
            printf 'failed\n'
            fail "api" "it does not answer" "./embedstack status"
        fi
        missed=0
        total="$(warm_number total)" done="$(warm_number "done")" failed="$(warm_number failed)"
        [[ "$answer" == *'"is_running":true'* || "$answer" == *'"is_wanted":true'* ]] || break
        if [ "${total:-0}" -gt 0 ] && [ $((SECONDS - began)) -ge $((shown + 5)) ]; then
            printf '%s of %s… ' "$done" "$total"
            shown=$((SECONDS - began))
        fi
    done
    if [[ "$answer" == *'"is_stopped":true'* || -z "$total" ]]; then
        printf 'stopped\n'
        fail "warm-up" "it stopped before everything was asked" "read the Api's log on the Aspire dashboard, then ./embedstack warm"
    fi
    if [ "$failed" -gt 0 ]; then
        printf '%s of %s\n' "$((done - failed))" "$total"
        fail "warm-up" "$failed of $total questions have no answer" "./embedstack status, then ./embedstack warm"
    fi
    if [ "$total" -eq 0 ]; then
        printf 'nothing to ask: no dashboard has been opened yet\n'
    else
        printf '%s questions warm (%ss)\n' "$total" "$((SECONDS - began))"
    fi
}

warm_number() { sed -n "s/.*\"$1\":\([0-9]*\).*/\1/p" <<<"$answer"; }
