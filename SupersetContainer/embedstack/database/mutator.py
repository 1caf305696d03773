"""The database wall's near side: every connection carries its person's claims, or none."""

import logging
from typing import Any

from sqlalchemy.engine import URL

from embedstack.configuration.authors import AuthorAccess
from embedstack.configuration.connections import CONNECT_TIMEOUT_SECONDS, PostgresDatabase
from embedstack.database.claims import NO_CLAIMS, ConnectionClaims
from embedstack.security.author import current_author
from embedstack.security.guest import current_guest
from embedstack.security.identity import DataIdentity
from embedstack.shared.state import SharedState, SharedStateUnavailable

logger = logging.getLogger(__name__)

# The host in the stored URI: a name for the configured database, never resolved.
STORED_HOST = "clinic-db"
STATEMENT_TIMEOUT_MILLISECONDS = 300_000


class ConnectionRefused(Exception):
    """A connection that would not carry the person's claims."""


class ConnectionMutator:
    """DB_CONNECTION_MUTATOR: role, store and claims on every code path, inside a request or not.

    What Superset stores has neither address nor password. A guest reads by the reader's role with verified claims, an
    author by the authors' with those of one configured tenant. Anybody else, and nobody, gets the reader's role with
    empty claims, which the database's policies answer with no rows.
    """

    def __init__(self, reader: PostgresDatabase, authors: AuthorAccess | None, state: SharedState) -> None:
        self._reader = reader
        self._authors = authors
        self._state = state

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
        login, claims = self._reader, NO_CLAIMS
        if guest is not None:
            claims = ConnectionClaims.of(guest.assertion)
        elif self._authors is not None and (author := current_author()) is not None:
            login, claims = self._authors.database, self._author_claims(self._authors)
            logger.info("Author '%s' reads as '%s'", author.username, claims.tenant)
        url = login.url.set(database=claims.database or login.database)
        return url, {**params, "connect_args": self._connect_args(params, claims)}

    def _author_claims(self, authors: AuthorAccess) -> ConnectionClaims:
        try:
            tenant = self._state.get().tenant(authors.tenant)
        except SharedStateUnavailable as error:
            raise ConnectionRefused("the tenants cannot be read") from error
        if tenant is None:
            raise ConnectionRefused(f"the authors' tenant '{authors.tenant}' is not there, or is disabled")
        role = "network" if tenant.kind == "network" else "admin"
        return ConnectionClaims.at(DataIdentity(tenant.key, role), tenant.store)

    def _connect_args(self, params: dict[str, Any], claims: ConnectionClaims) -> dict[str, Any]:
        return {
            **params.get("connect_args", {}),
            "connect_timeout": CONNECT_TIMEOUT_SECONDS,
            "application_name": "superset",
            "options": f"{claims.options} -c statement_timeout={STATEMENT_TIMEOUT_MILLISECONDS}",
        }
