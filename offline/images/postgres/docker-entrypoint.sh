#!/bin/bash
# The part of the official entry point that Aspire uses: a cluster in PGDATA on the first start, made with POSTGRES_USER,
# POSTGRES_PASSWORD and POSTGRES_INITDB_ARGS; scripts in /docker-entrypoint-initdb.d; then the server as user postgres.
set -euo pipefail

[[ ${1:-} != -* ]] || set -- postgres "$@"

if [[ $1 == postgres && $EUID == 0 ]]; then
    mkdir -p "$PGDATA"
    chown postgres: "$PGDATA"
    chmod 700 "$PGDATA"
    exec setpriv --reuid=postgres --regid=postgres --init-groups "$0" "$@"
fi

first_start() {
    local method=${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256} user=${POSTGRES_USER:-postgres} script
    [[ -n ${POSTGRES_PASSWORD:-} || $method == trust ]] || {
        echo 'POSTGRES_PASSWORD is not set' >&2
        exit 1
    }
    # A cluster that was begun and not finished is nobody's: its name tells.
    rm -rf "$PGDATA"/embedstack-initdb
    eval "initdb --pgdata='$PGDATA/embedstack-initdb' --username=\"\$user\" --pwfile=<(printf %s \"\${POSTGRES_PASSWORD:-}\") ${POSTGRES_INITDB_ARGS:-}"
    printf '\nhost all all all %s\n' "$method" >>"$PGDATA/embedstack-initdb/pg_hba.conf"
    printf "listen_addresses = '*'\n" >>"$PGDATA/embedstack-initdb/postgresql.conf"
    mv "$PGDATA"/embedstack-initdb/* "$PGDATA"/
    rmdir "$PGDATA/embedstack-initdb"

    compgen -G '/docker-entrypoint-initdb.d/*.sql' >/dev/null || return 0
    pg_ctl --pgdata="$PGDATA" --options='-c listen_addresses=' --wait start
    for script in /docker-entrypoint-initdb.d/*.sql; do
        PGPASSWORD=${POSTGRES_PASSWORD:-} psql --no-psqlrc --set=ON_ERROR_STOP=1 --username="$user" --dbname="${POSTGRES_DB:-postgres}" --file="$script"
    done
    pg_ctl --pgdata="$PGDATA" --mode=fast --wait stop
}

if [[ $1 == postgres && ! -s $PGDATA/PG_VERSION ]]; then
    first_start
fi

unset POSTGRES_PASSWORD
exec "$@"
