"""A person's claims as settings of a Postgres connection."""

from dataclasses import dataclass

from embedstack.security.assertion import Assertion
from embedstack.security.identity import SAFE_VALUE, DataIdentity
from embedstack.security.store import Store


@dataclass(frozen=True)
class ConnectionClaims:
    """What the policies of the clinic database read, and where the tenant's rows are."""

    tenant: str = ""
    role: str = ""
    staff: str = ""
    database: str = ""
    schema: str = ""

    def __post_init__(self) -> None:
        # libpq splits options at spaces: any other character could end one and begin another.
        for value in vars(self).values():
            if value and not SAFE_VALUE.match(value):
                raise ValueError("a claim has a character outside A-Z, a-z, 0-9, _ and -")

    @classmethod
    def of(cls, assertion: Assertion) -> "ConnectionClaims":
        """The claims of a verified guest."""
        return cls.at(assertion.identity, assertion.store)

    @classmethod
    def at(cls, identity: DataIdentity, store: Store) -> "ConnectionClaims":
        """The claims of an identity whose rows are in a store."""
        return cls(identity.tenant, identity.role, identity.staff, store.database, store.schema)

    @property
    def options(self) -> str:
        """libpq's `options`; all claims are always set, empty ones included, and the search path."""
        settings = (
            f"app.tenant_id={self.tenant}",
            f"app.role={self.role}",
            f"app.staff_id={self.staff}",
            # Without a store there is no tenant's table in sight, whatever the role's own path says.
            f"search_path={self.schema or 'pg_catalog'}",
        )
        return " ".join(f"-c {setting}" for setting in settings)


NO_CLAIMS = ConnectionClaims()
