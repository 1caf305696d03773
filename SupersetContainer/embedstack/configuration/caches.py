"""Superset's caches and server-side sessions, all in Redis."""

from datetime import timedelta
from typing import Any

from redis import Redis

from embedstack.configuration.connections import RedisServer

_CONNECT_SECONDS = 2
_ANSWER_SECONDS = 5


def cache_configuration(server: RedisServer) -> dict[str, Any]:
    """One cache per purpose, told apart by key prefix, and the session store."""
    return {
        "CACHE_CONFIG": _cache(server, "metadata", timedelta(days=1)),
        "DATA_CACHE_CONFIG": _cache(server, "data", timedelta(hours=1)),
        "FILTER_STATE_CACHE_CONFIG": _cache(server, "filters", timedelta(days=30)),
        "EXPLORE_FORM_DATA_CACHE_CONFIG": _cache(server, "explore", timedelta(days=7)),
        "SESSION_SERVER_SIDE": True,
        "SESSION_TYPE": "redis",
        "SESSION_KEY_PREFIX": "superset:session:",
        "SESSION_REDIS": Redis(
            host=server.host,
            port=server.port,
            password=server.password,
            socket_connect_timeout=_CONNECT_SECONDS,
            socket_timeout=_ANSWER_SECONDS,
        ),
    }


def _cache(server: RedisServer, purpose: str, lifetime: timedelta) -> dict[str, Any]:
    return {
        "CACHE_TYPE": "RedisCache",
        "CACHE_DEFAULT_TIMEOUT": int(lifetime.total_seconds()),
        "CACHE_KEY_PREFIX": f"superset:{purpose}:",
        "CACHE_REDIS_HOST": server.host,
        "CACHE_REDIS_PORT": server.port,
        "CACHE_REDIS_PASSWORD": server.password,
        "CACHE_OPTIONS": {
            "socket_connect_timeout": _CONNECT_SECONDS,
            "socket_timeout": _ANSWER_SECONDS,
        },
    }
