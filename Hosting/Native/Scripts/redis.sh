#!/usr/bin/env bash
# Runs a Redis server in the foreground, on loopback only and in memory only. Its configuration goes through a pipe: a password
# among the arguments would be seen by every user.
#
# Usage: redis.sh REDIS_SERVER
# Environment: REDIS_PORT, REDIS_PASSWORD
set -euo pipefail

export LC_ALL=C.UTF-8
password=${REDIS_PASSWORD//\\/\\\\}
password=${password//\"/\\\"}
unset REDIS_PASSWORD

exec "$1" - <<CONFIGURATION
bind 127.0.0.1
port $REDIS_PORT
requirepass "$password"
save ""
appendonly no
daemonize no
CONFIGURATION
