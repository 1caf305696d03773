#!/usr/bin/env bash
# Runs a program of Superset's virtual environment without what the caller's environment says to Python, Flask and libpq.
#
# Usage: superset.sh PYTHON [ARGUMENT]...
set -euo pipefail

unset "${!PG@}" "${!FLASK@}" PYTHONHOME PYTHONSTARTUP PYTHONUSERBASE VIRTUAL_ENV CONDA_PREFIX GUNICORN_CMD_ARGS \
    SUPERSET_CONFIG http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY
export PYTHONNOUSERSITE=1 PYTHONUNBUFFERED=1 LC_ALL=C.UTF-8

exec "$@"
