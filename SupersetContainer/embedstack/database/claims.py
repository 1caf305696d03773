"""A guest's claims as settings of a Postgres connection."""

from dataclasses import dataclass

from embedstack.security.assertion import Assertion
from embedstack.security.identity import SAFE_VALUE


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
        return cls(
            tenant=assertion.identity.tenant,
            role=assertion.identity.role,
            staff=assertion.identity.staff,
            database=assertion.store.database,
            schema=assertion.store.schema,
        )

    @property
    def options(self) -> str:
        """libpq's `options`; all three claims are always set, empty ones included."""
        settings = [
            f"app.tenant_id={self.tenant}",
            f"app.role={self.role}",
            f"app.staff_id={self.staff}",
        ]
        if self.schema:
            settings.append(f"search_path={self.schema}")
        return " ".join(f"-c {setting}" for setting in settings)


NO_CLAIMS = ConnectionClaims()
