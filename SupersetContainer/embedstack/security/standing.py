"""Holds a verified assertion against what the Api has decided since it was signed."""

from embedstack.catalog import Catalog
from embedstack.security.assertion import Assertion
from embedstack.security.refusal import TokenRefused
from embedstack.shared.state import Snapshot


def check_standing(assertion: Assertion, state: Snapshot, catalog: Catalog) -> None:
    """Raises TokenRefused unless the tenant is enabled, its rows are where the token reads, and nothing is revoked."""
    identity = assertion.identity
    tenant = state.tenant(identity.tenant)
    if tenant is None:
        raise TokenRefused("the tenant is not there, or is disabled")
    if identity.role not in tenant.roles:
        raise TokenRefused("the role is none of this kind of tenant")
    if assertion.store != tenant.store:
        raise TokenRefused("the store is not the tenant's")
    dashboards = [entry.key for entry in catalog.dashboards if entry.embedded_uuid in assertion.dashboards]
    if not state.entitlements.disabled.isdisjoint(dashboards):
        raise TokenRefused("a dashboard is disabled")
    revoked = state.revocations.reason(assertion.session, identity.tenant, dashboards, assertion.issued_at)
    if revoked is not None:
        raise TokenRefused(f"revoked ({revoked})")
