"""shared.dashboards and shared.entitlements: who may see which dashboard."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from psycopg2.extensions import cursor as Cursor

ALL_TENANTS = "*"


@dataclass(frozen=True)
class Entitlement:
    """Opens a dashboard to a role, of one tenant or of all; under conditions a person needs a value for each name."""

    dashboard: str
    role: str
    tenant: str
    conditions: object

    def opens_to(self, tenant: str, role: str, attributes: Mapping[str, str]) -> bool:
        """Whether it is for a person of this tenant and role; conditions of another form are for nobody."""
        return (
            self.role == role
            and self.tenant in (ALL_TENANTS, tenant)
            and isinstance(self.conditions, Mapping)
            and all(
                isinstance(values, list) and name in attributes and attributes[name] in values
                for name, values in self.conditions.items()
            )
        )


@dataclass(frozen=True)
class Entitlements:
    """Who may see what, and what nobody may."""

    entries: Sequence[Entitlement] = ()
    # Keys of dashboards that are switched off.
    disabled: frozenset[str] = frozenset()
    # Keys of all dashboards that the Api has given entitlements.
    known: frozenset[str] = frozenset()

    def dashboards(self, tenant: str, role: str, attributes: Mapping[str, str]) -> frozenset[str]:
        """Keys of the dashboards that a person may see."""
        return frozenset(
            entry.dashboard
            for entry in self.entries
            if entry.dashboard not in self.disabled and entry.opens_to(tenant, role, attributes)
        )

    def open_to(self, dashboards: Iterable[str], tenant: str, role: str, attributes: Mapping[str, str]) -> bool:
        """Whether a person may see all of these."""
        return self.dashboards(tenant, role, attributes).issuperset(dashboards)

    def met(self, dashboards: Iterable[str]) -> frozenset[str]:
        """Those of these that the Api has given entitlements."""
        return self.known.intersection(dashboards)


def read_entitlements(cursor: Cursor) -> Entitlements:
    """All of them."""
    cursor.execute("SELECT dashboard_key, role, tenant, conditions FROM shared.entitlements")
    entries = [Entitlement(*row) for row in cursor.fetchall()]
    cursor.execute("SELECT key, enabled FROM shared.dashboards")
    switches = dict(cursor.fetchall())
    disabled = frozenset(key for key, enabled in switches.items() if not enabled)
    return Entitlements(entries, disabled, frozenset(switches))
