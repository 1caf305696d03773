"""shared.tenants: which tenants there are, and where their rows are."""

from collections.abc import Mapping
from dataclasses import dataclass

import psycopg2

from embedstack.configuration.connections import PostgresDatabase
from embedstack.recent import Recent
from embedstack.security.store import Store
from embedstack.shared_database import shared_transaction

_CONNECT_SECONDS = 2
_ANSWER_MILLISECONDS = 2_000
_MEMO_SECONDS = 1.0


class TenantsUnavailable(Exception):
    """The registry does not answer: nobody is anybody's guest."""


@dataclass(frozen=True)
class Tenant:
    """A clinic, or the network that sees all clinics."""

    key: str
    kind: str
    store: Store

    @property
    def roles(self) -> frozenset[str]:
        """The roles that people of this tenant can have."""
        return frozenset({"network"} if self.kind == "network" else {"admin", "clinician", "staff"})


class TenantRegistry:
    """Enabled tenants by key, at most a second old."""

    def __init__(self, database: PostgresDatabase) -> None:
        self._database = database
        self._tenants = Recent(self._read, _MEMO_SECONDS)

    def find(self, key: str) -> Tenant | None:
        """The enabled tenant of this key; raises TenantsUnavailable where that cannot be known."""
        try:
            return self._tenants.get().get(key)
        except (psycopg2.Error, ValueError) as error:
            raise TenantsUnavailable(type(error).__name__) from error

    def _read(self) -> Mapping[str, Tenant]:
        with shared_transaction(self._database, _CONNECT_SECONDS, _ANSWER_MILLISECONDS) as connection:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT key, kind, isolation, database, schema FROM shared.tenants WHERE enabled"
                )
                rows = cursor.fetchall()
        return {key: Tenant(key, kind, Store(*store)) for key, kind, *store in rows}
