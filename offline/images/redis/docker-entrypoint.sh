#!/bin/sh
# As the official one: options or a file alone are redis-server's, which runs as user redis.
set -e

case "${1#-}" in
    "$1") case "$1" in *.conf) set -- redis-server "$@" ;; esac ;;
    *) set -- redis-server "$@" ;;
esac

if [ "$1" = redis-server ] && [ "$(id -u)" = 0 ]; then
    chown redis: .
    exec setpriv --reuid=redis --regid=redis --init-groups "$0" "$@"
fi

# The official image is compiled without protected mode, since Docker's networks are the wall.
[ "$1" != redis-server ] || set -- "$@" --protected-mode no
exec "$@"
