"""Transactions in the database with schema `shared`."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2
from psycopg2.extensions import connection as Connection

from embedstack.configuration.connections import CONNECT_TIMEOUT_SECONDS, PostgresDatabase

ANSWER_TIMEOUT_MILLISECONDS = 10_000


@contextmanager
def shared_transaction(
    database: PostgresDatabase,
    connect_seconds: int = CONNECT_TIMEOUT_SECONDS,
    answer_milliseconds: int = ANSWER_TIMEOUT_MILLISECONDS,
) -> Iterator[Connection]:
    """One transaction on a connection of its own, committed at the end of the block."""
    bounds = {
        "connect_timeout": connect_seconds,
        # The server's own limit does not help where the network is gone.
        "tcp_user_timeout": answer_milliseconds,
        "options": f"-c statement_timeout={answer_milliseconds}",
    }
    arguments = {**database.connect_arguments, **bounds}
    connection = psycopg2.connect(**arguments, application_name="superset")
    try:
        with connection:
            yield connection
    finally:
        connection.close()
