"""The database wall's near side: every connection carries its guest's claims, or none."""

from typing import Any

from sqlalchemy.engine import URL

from embedstack.configuration.connections import CONNECT_TIMEOUT_SECONDS, PostgresDatabase
from embedstack.database.claims import NO_CLAIMS, ConnectionClaims
from embedstack.security.guest import current_guest

# The host in the stored URI: a name for the configured database, never resolved.
STORED_HOST = "clinic-db"
STATEMENT_TIMEOUT_MILLISECONDS = 60_000


class ConnectionRefused(Exception):
    """A connection that would not carry the guest's claims."""


class ConnectionMutator:
    """DB_CONNECTION_MUTATOR: reader role and claims on every code path, inside a request or not.

    What Superset stores has neither address nor password. Without a guest the connection is the same
    reader's with empty claims, which the database's policies answer with no rows.
    """

    def __init__(self, database: PostgresDatabase) -> None:
        self._database = database

    def __call__(
        self,
        uri: URL,
        params: dict[str, Any],
        _username: str | None,
        _security_manager: Any,
        _source: Any,
    ) -> tuple[URL, dict[str, Any]]:
        """The URL and engine parameters to connect with."""
        guest = current_guest()
        if uri.host != STORED_HOST:
            if guest is not None:
                raise ConnectionRefused("guests read the clinic database only")
            return uri, params
        claims = NO_CLAIMS if guest is None else ConnectionClaims.of(guest.assertion)
        url = self._database.url.set(database=claims.database or self._database.database)
        return url, {**params, "connect_args": self._connect_args(params, claims)}

    def _connect_args(self, params: dict[str, Any], claims: ConnectionClaims) -> dict[str, Any]:
        return {
            **params.get("connect_args", {}),
            "connect_timeout": CONNECT_TIMEOUT_SECONDS,
            "application_name": "superset",
            "options": f"{claims.options} -c statement_timeout={STATEMENT_TIMEOUT_MILLISECONDS}",
        }
