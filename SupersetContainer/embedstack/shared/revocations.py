"""shared.revocations: whose tokens, and tokens for what, are no longer honoured."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from psycopg2.extensions import cursor as Cursor

SESSION = "session"
# One token of an issuer (JWT embedding): SHA-256 of issuer, line feed and `jti`.
TOKEN = "token"
TENANT = "tenant"
# Written by the database when a tenant is disabled or enabled.
TENANT_SWITCH = "tenant_switch"
DASHBOARD = "dashboard"
ALL = "all"


@dataclass(frozen=True)
class Revocations:
    """By kind and value, the time up to which issued tokens are refused; infinite while a revocation stands."""

    until: Mapping[tuple[str, str], float] = field(default_factory=dict)

    def refuse(self, kind: str, value: str, issued_at: float) -> bool:
        """Whether what was issued at this time, in seconds since 1970, is refused."""
        return issued_at <= self.until.get((kind, value), -math.inf)

    def holds(self, kind: str, value: str) -> bool:
        """Whether this is revoked, whenever it was issued."""
        return (kind, value) in self.until

    def reason(self, session: str, tenant: str, dashboards: Iterable[str], issued_at: float) -> str | None:
        """The kind of the revocation that refuses a token of this time; None where none does."""
        named = [(SESSION, session), (TENANT, tenant), (TENANT_SWITCH, tenant)]
        named += [(DASHBOARD, key) for key in dashboards]
        named += [key for key in self.until if key[0] == ALL]
        return next((kind for kind, value in named if self.refuse(kind, value, issued_at)), None)


def read_revocations(cursor: Cursor) -> Revocations:
    """All that stand, or that some token may have been issued before."""
    cursor.execute(
        "SELECT kind, value, CASE WHEN expires_at IS NULL THEN 'infinity'::float8 "
        "ELSE extract(epoch FROM revoked_at)::float8 END FROM shared.revocations"
    )
    return Revocations({(kind, value): until for kind, value, until in cursor.fetchall()})
