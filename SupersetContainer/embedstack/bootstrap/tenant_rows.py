"""What the clinic database itself shows to a set of claims."""

import psycopg2
from psycopg2 import sql

from embedstack.configuration.connections import PostgresDatabase
from embedstack.database.claims import ConnectionClaims


def count_rows(database: PostgresDatabase, claims: ConnectionClaims, table: str) -> dict[str, int]:
    """Rows per tenant that the reader role sees with these claims, past Superset and its rules."""
    connection = psycopg2.connect(**database.connect_arguments, options=f"{claims.options} -c statement_timeout=30000")
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("SELECT tenant_id, count(*) FROM {} GROUP BY tenant_id").format(sql.Identifier(table)))
            return dict(cursor.fetchall())
    finally:
        connection.close()
