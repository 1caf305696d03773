"""Mints as the Api does and reads as a guest: the last step is the product's main promise."""

import time
from dataclasses import dataclass, replace

import yaml

from embedstack.bootstrap.context import Context
from embedstack.bootstrap.failure import BootstrapFailure
from embedstack.bootstrap.guest_reader import GuestReader
from embedstack.bootstrap.tenant_rows import count_rows
from embedstack.database.claims import ConnectionClaims
from embedstack.security.assertion import BOOTSTRAP_SESSION
from embedstack.security.identity import DataIdentity
from embedstack.shared.state import shared_state

_RESEED = "see the logs of clinic-data; loading it again fills the tables"


@dataclass(frozen=True)
class Probe:
    """assets/self_check.yaml: whose dashboard to read, and the chart that counts the dataset's rows."""

    dashboard: str
    dataset: str
    chart: str
    tenant: str
    other_tenant: str


def check_as_guest(context: Context) -> str:
    """Every chart answers; rows are the tenant's only; without rule or claims there are none."""
    probe = Probe(**yaml.safe_load((context.assets / "self_check.yaml").read_text(encoding="utf-8")))
    state = shared_state(context.settings.shared_database).get()
    tenant = state.tenants.get(probe.tenant)
    if tenant is None:
        raise BootstrapFailure(f"there is no tenant '{probe.tenant}'", _RESEED)
    if not tenant.enabled:
        return f"left out: '{probe.tenant}' is disabled"
    if revoked := state.revocations.reason(BOOTSTRAP_SESSION, probe.tenant, [probe.dashboard], time.time()):
        return f"left out: tokens are revoked ({revoked})"
    identity = DataIdentity(probe.tenant, "admin")
    if not state.entitlements.open_to(state.entitlements.met([probe.dashboard]), identity.tenant, identity.role, {}):
        return f"left out: '{probe.dashboard}' is not for administrators of '{probe.tenant}'"
    with context.app.app_context():
        reader = GuestReader(context, probe.dashboard, probe.dataset, identity, tenant.store)
    if not reader.has(probe.chart):
        return "left out: the chart that counts is a draft"
    expected = _check_database(context, ConnectionClaims.at(identity, tenant.store), reader.table_name)
    own = reader.count(probe.chart, reader.rule(probe.tenant))
    if own != expected:
        raise BootstrapFailure(f"a guest of '{probe.tenant}' counts {own} rows, the database {expected}")
    if other := reader.count(probe.chart, reader.rule(probe.other_tenant)):
        raise BootstrapFailure(f"a guest of '{probe.tenant}' reads {other} rows of another tenant")
    if uncovered := reader.count(probe.chart, []):
        raise BootstrapFailure(f"a guest without a rule reads {uncovered} rows")
    charts = reader.read_all_charts(reader.rules(probe.tenant))
    return f"{charts} charts answer; {own} rows of '{probe.tenant}', none without rule or claims"


def _check_database(context: Context, claims: ConnectionClaims, table: str) -> int:
    database = replace(context.settings.clinic_database, database=claims.database)
    tenants = count_rows(database, claims, table)
    if list(tenants) != [claims.tenant]:
        seen = ", ".join(sorted(tenants)) or "nobody"
        raise BootstrapFailure(f"claims of '{claims.tenant}' open the rows of {seen}", _RESEED)
    if count_rows(database, ConnectionClaims(schema=claims.schema), table):
        raise BootstrapFailure("a connection without claims reads rows", "see the policies in ClinicData/Sql")
    return tenants[claims.tenant]
