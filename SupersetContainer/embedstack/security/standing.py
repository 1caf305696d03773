"""Holds a verified assertion against what the Api has decided since it was signed."""

from embedstack.catalog import Catalog
from embedstack.security.assertion import BOOTSTRAP_SESSION, Assertion
from embedstack.security.refusal import TokenRefused
from embedstack.shared.state import SharedState, Snapshot


def check_standing(assertion: Assertion, shared: SharedState, catalog: Catalog) -> None:
    """Raises TokenRefused, or SharedStateUnavailable where nobody can know.

    What was signed after the state was read may stand by something newer: it is read once more before such a token is
    refused.
    """
    state = shared.get()
    try:
        check_in(state, assertion, catalog)
    except TokenRefused:
        if assertion.issued_at < state.read_at:
            raise
        check_in(shared.get_after(state), assertion, catalog)


def check_in(state: Snapshot, assertion: Assertion, catalog: Catalog) -> None:
    """Raises TokenRefused unless tenant, store and entitlements let the token in, and nothing of it is revoked."""
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
    # The bootstrap looks at its own dashboards before the Api has met them.
    asked = state.entitlements.met(dashboards) if assertion.session == BOOTSTRAP_SESSION else dashboards
    if not state.entitlements.open_to(asked, identity.tenant, identity.role, assertion.attributes):
        raise TokenRefused("a dashboard is not for this role of this tenant")
    revoked = state.revocations.reason(assertion.session, identity.tenant, dashboards, assertion.issued_at)
    if revoked is not None:
        raise TokenRefused(f"revoked ({revoked})")
