"""What authors read: one tenant's rows, by a database role of their own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from embedstack.configuration.connections import PostgresDatabase
from embedstack.configuration.environment import Environment
from embedstack.configuration.errors import ConfigurationError
from embedstack.security.identity import SAFE_VALUE

_DEFAULT_TENANT = "northside"


@dataclass(frozen=True)
class AuthorAccess:
    """The clinic database by the authors' role, and the tenant whose rows they work with."""

    database: PostgresDatabase
    tenant: str

    @classmethod
    def read(cls, environment: Environment, clinic: PostgresDatabase) -> "AuthorAccess | None":
        """Reads CLINIC_AUTHOR_USERNAME, CLINIC_AUTHOR_PASSWORD and AUTHOR_TENANT; None where no role is set."""
        if not environment.has("CLINIC_AUTHOR_USERNAME"):
            return None
        tenant = environment.text("AUTHOR_TENANT", _DEFAULT_TENANT)
        if not SAFE_VALUE.match(tenant):
            raise ConfigurationError(f"AUTHOR_TENANT is '{tenant}'; a tenant's key is needed (A-Z, a-z, 0-9, _ and -)")
        database = replace(
            clinic,
            username=environment.text("CLINIC_AUTHOR_USERNAME"),
            password=environment.secret("CLINIC_AUTHOR_PASSWORD"),
        )
        return cls(database, tenant)

    @property
    def secrets(self) -> Mapping[str, Sequence[str]]:
        """By variable, what must differ from every other secret."""
        return {"CLINIC_AUTHOR_PASSWORD": [self.database.password]}
