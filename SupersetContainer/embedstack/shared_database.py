"""Schema `shared`: what Superset and the Api tell each other."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2
from psycopg2.extensions import connection as Connection

from embedstack.configuration.connections import PostgresDatabase

ANSWER_TIMEOUT_MILLISECONDS = 10_000


@contextmanager
def shared_transaction(database: PostgresDatabase) -> Iterator[Connection]:
    """One transaction on a connection of its own, committed at the end of the block."""
    connection = psycopg2.connect(
        **database.connect_arguments,
        application_name="superset",
        options=f"-c statement_timeout={ANSWER_TIMEOUT_MILLISECONDS}",
    )
    try:
        with connection:
            yield connection
    finally:
        connection.close()
