"""The data identity: whose rows a guest may see."""

import re
from dataclasses import dataclass

from embedstack.security.refusal import TokenRefused

# What may go into a rule, a connection setting and a cache key without quoting questions.
SAFE_VALUE = re.compile(r"[A-Za-z0-9_-]{1,64}\Z")

ROLES = frozenset({"admin", "clinician", "staff", "network"})


@dataclass(frozen=True)
class DataIdentity:
    """Tenant, role and, for clinicians, the staff member; never a person's name."""

    tenant: str
    role: str
    staff: str = ""

    @classmethod
    def parse(cls, text: str) -> "DataIdentity":
        """Reads `tenant/role` or `tenant/clinician/staff`."""
        parts = text.split("/")
        if not all(SAFE_VALUE.match(part) for part in parts):
            raise TokenRefused("identity has a part outside A-Z, a-z, 0-9, _ and -")
        if len(parts) not in (2, 3) or parts[1] not in ROLES:
            raise TokenRefused("identity is not tenant/role[/staff]")
        if (parts[1] == "clinician") != (len(parts) == 3):
            raise TokenRefused("identity names a staff member exactly for clinicians")
        return cls(*parts)

    def __str__(self) -> str:
        return "/".join(part for part in (self.tenant, self.role, self.staff) if part)
