#!/usr/bin/env bash
# Runs a PostgreSQL server in the foreground, on loopback only. Makes the data directory where there is none, and stops
# fast on SIGTERM, which alone would let the server wait for its clients.
#
# Usage: postgres.sh BINARIES DATA keep|throw-away [SERVER ARGUMENT]...
# Environment: POSTGRES_PORT, POSTGRES_PASSWORD (of the superuser, postgres)
set -euo pipefail

binaries=$1 data=$2 lifetime=$3
shift 3
cd /
unset "${!PG@}" TZ
export LC_ALL=C.UTF-8

fail() {
    printf 'PostgreSQL cannot start: %s\n' "$1" >&2
    exit 1
}

# The server refuses to run as root. Should this script be killed, the server stops as well.
server_user=(env)
if [[ $EUID == 0 ]]; then
    owner=$(stat -Lc %U "$data/PG_VERSION" 2>/dev/null || echo postgres)
    [[ $owner != root ]] || owner=postgres
    server_user=(setpriv "--reuid=$owner" "--regid=$(id -g "$owner")" --init-groups --pdeathsig=INT)
elif command -v setpriv >/dev/null; then
    server_user=(setpriv --pdeathsig=INT)
fi

# A folder below a home that is closed to the server's user: the data stand elsewhere, with a link in their place.
if [[ $EUID == 0 && ! -L $data ]]; then
    mkdir -p "$(dirname "$data")"
    if ! "${server_user[@]}" test -x "$(dirname "$data")"; then
        [[ ! -e $data/PG_VERSION ]] || fail "user $owner cannot reach $data; allow it to pass through the folders above (chmod o+x)"
        place=/var/lib/postgresql/native/$(printf %s "$data" | sha256sum | cut -c 1-16)
        [[ ! -e $data ]] || rmdir "$data" || fail "$data holds something else than PostgreSQL's data"
        rm -rf "$place"
        ln -s "$place" "$data"
    fi
fi

place=$(readlink -m "$data")
if [[ ! -e $place/PG_VERSION ]]; then
    rm -rf "$place.new"
    mkdir -p "$place.new"
    [[ $EUID != 0 ]] || chown "$owner:" "$place.new"
    chmod 700 "$place.new"
    # Within the server user's own shell: another user may not open the descriptor that carries the password.
    "${server_user[@]}" bash -c '"$1/initdb" --pgdata="$2" --username=postgres --pwfile=<(printf %s "$POSTGRES_PASSWORD") \
    --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 --no-sync >/dev/null' initdb "$binaries" "$place.new" ||
        fail "initdb failed in $place.new"
    rmdir "$place" 2>/dev/null || true
    mv -T "$place.new" "$place" || fail "$place holds something else than PostgreSQL's data"
else
    # Data that were kept may know an older password.
    literal=${POSTGRES_PASSWORD//\'/\'\'}
    "${server_user[@]}" "$binaries/postgres" --single -D "$place" postgres >/dev/null \
        <<<"ALTER ROLE postgres PASSWORD '$literal'" || fail "the data in $place cannot be opened"
fi

unset POSTGRES_PASSWORD literal
"${server_user[@]}" "$binaries/postgres" -D "$place" \
    -c "port=$POSTGRES_PORT" -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
    -c timezone=UTC -c log_timezone=UTC "$@" &
server=$!

# Fast shutdown, and an immediate one before the patience of who stops this ends: 6 seconds, with Aspire.
stopping=
stop() {
    stopping=yes
    kill -INT "$server" 2>/dev/null || return 0
    for _ in {1..40}; do
        sleep 0.1
        kill -0 "$server" 2>/dev/null || return 0
    done
    kill -QUIT "$server" 2>/dev/null || true
}
trap stop TERM INT

# The trap ends the first wait early, which then has the signal's status.
status=0
wait "$server" || status=$?
if [[ $stopping ]]; then
    status=0
    wait "$server" || status=$?
fi

if [[ $lifetime == throw-away ]]; then
    rm -rf "$place" "$data"
fi

exit "$status"
