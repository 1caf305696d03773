"""shared.tenants: which tenants there are, and where their rows are."""

from collections.abc import Mapping
from dataclasses import dataclass

from psycopg2.extensions import cursor as Cursor

from embedstack.security.store import Store


@dataclass(frozen=True)
class Tenant:
    """A clinic, or the network that sees all clinics."""

    key: str
    kind: str
    store: Store
    enabled: bool = True

    @property
    def roles(self) -> frozenset[str]:
        """The roles that people of this tenant can have."""
        return frozenset({"network"} if self.kind == "network" else {"admin", "clinician", "staff"})


def read_tenants(cursor: Cursor) -> Mapping[str, Tenant]:
    """All tenants by key, disabled ones too."""
    cursor.execute("SELECT key, kind, enabled, isolation, database, schema FROM shared.tenants")
    return {key: Tenant(key, kind, Store(*store), enabled) for key, kind, enabled, *store in cursor.fetchall()}
