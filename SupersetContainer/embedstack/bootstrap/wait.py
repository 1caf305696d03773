"""Waits, for a bounded time, until every server answers with this process' own role."""

import time
from collections.abc import Callable

import psycopg2
from redis import Redis, RedisError

from embedstack.bootstrap.context import Context
from embedstack.bootstrap.failure import BootstrapFailure
from embedstack.configuration.connections import PostgresDatabase, RedisServer

LIMIT_SECONDS = 60.0
_PAUSE_SECONDS = 0.5


def wait_for_servers(context: Context) -> str:
    """Postgres (three databases) and Redis."""
    settings = context.settings
    deadline = time.monotonic() + LIMIT_SECONDS
    for database in (settings.metadata_database, settings.shared_database, settings.clinic_database):
        _wait(f"database {database.database}", lambda d=database: _ask_postgres(d), deadline)
    _wait("redis", lambda: _ask_redis(settings.redis), deadline)
    return "three databases and Redis answer"


def _wait(name: str, ask: Callable[[], None], deadline: float) -> None:
    while True:
        try:
            return ask()
        except (psycopg2.OperationalError, RedisError) as error:
            if time.monotonic() >= deadline:
                cause = " ".join(str(error).split())
                raise BootstrapFailure(f"{name} does not answer: {cause}") from error
        time.sleep(_PAUSE_SECONDS)


def _ask_postgres(database: PostgresDatabase) -> None:
    connection = psycopg2.connect(**database.connect_arguments, options="-c statement_timeout=5000")
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    finally:
        connection.close()


def _ask_redis(server: RedisServer) -> None:
    client = Redis(
        host=server.host,
        port=server.port,
        password=server.password,
        socket_connect_timeout=2,
        socket_timeout=5,
    )
    try:
        client.ping()
    finally:
        client.close()
