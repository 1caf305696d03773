"""A guest made of an issuer's claims, behind the same walls as the Api's guests."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from flask_appbuilder.security.sqla.models import Role
from superset.security.guest_token import GuestToken, GuestTokenResourceType

from embedstack.catalog import current_catalog
from embedstack.configuration.jwt_embedding import JwtEmbedding
from embedstack.security.assertion import Assertion
from embedstack.security.embedding.claims import Claims
from embedstack.security.embedding.verifier import Verifier
from embedstack.security.guest import EmbedGuest
from embedstack.security.refusal import TokenRefused
from embedstack.security.roles import ROLE_TIERS
from embedstack.security.rules.of_identity import rules_for
from embedstack.security.rules.digest import rules_sha256
from embedstack.security.standing import check_in
from embedstack.shared.revocations import DASHBOARD, TOKEN
from embedstack.shared.state import SharedState, Snapshot
from embedstack.shared.tenants import Tenant

Rules = list[dict[str, Any]]


class IssuersGuest(EmbedGuest):
    """A guest of an issuer: datasets without a rule are forbidden to it, not only empty."""

    def may_query(self, dataset_id: int) -> bool:
        """Whether the token's role and `dataset_ids` leave this dataset."""
        return any(rule["dataset"] == dataset_id for rule in self.rls)


class IssuersGuests:
    """Verifies an issuer's tokens and makes guests of them."""

    def __init__(self, settings: JwtEmbedding, state: SharedState) -> None:
        self._settings = settings
        self._verifier = Verifier(settings)
        self._state = state

    def admit(
        self,
        compact: str,
        dataset_ids: Callable[[], Mapping[str, int]],
        roles: Callable[[frozenset[str]], list[Role]],
    ) -> IssuersGuest:
        """The token's guest; raises TokenRefused, KeysUnavailable or SharedStateUnavailable.

        `dataset_ids` gives this installation's number for each key of the catalogue, `roles` Superset's roles for tiers.
        """
        verified = self._verifier.verify(compact)
        claims = Claims.read(verified, self._settings.tenant_claim)
        state = self._state.get()
        tenant = state.tenant(claims.identity.tenant)
        if tenant is None:
            raise TokenRefused("issuer's token: the tenant is not there, or is disabled")
        if claims.token_id is not None and state.revocations.holds(TOKEN, self._named(claims.token_id)):
            raise TokenRefused("issuer's token: it was revoked")
        rules = _rules(claims, dataset_ids())
        assertion = self._assertion(claims, float(verified.get("iat", 0)), state, tenant, rules)
        check_in(state, assertion, current_catalog())
        token = _guest_token(assertion, rules, verified)
        return IssuersGuest(token=token, roles=roles(assertion.tier), assertion=assertion)

    def _assertion(self, claims: Claims, issued_at: float, state: Snapshot, tenant: Tenant, rules: Rules) -> Assertion:
        identity = claims.identity
        entitled = state.entitlements.dashboards(identity.tenant, identity.role, claims.attributes)
        return Assertion(
            session=self._named(claims.subject),
            issued_at=issued_at,
            identity=identity,
            store=tenant.store,
            dashboards=frozenset(
                dashboard.embedded_uuid
                for dashboard in current_catalog().dashboards
                if dashboard.key in entitled
                # The token is for all of them: one that is revoked leaves it the others.
                and not state.revocations.refuse(DASHBOARD, dashboard.key, issued_at)
            ),
            rules_sha256=rules_sha256(rules),
            tier=_tier(claims),
            attributes=claims.attributes,
        )

    def _named(self, name: str) -> str:
        return hashlib.sha256(f"{self._settings.issuer}\n{name}".encode()).hexdigest()


def _rules(claims: Claims, dataset_ids: Mapping[str, int]) -> Rules:
    wanted = {key: number for key, number in dataset_ids.items() if claims.datasets is None or key in claims.datasets}
    return rules_for(claims.identity, wanted, attributes=claims.attributes)


def _tier(claims: Claims) -> frozenset[str]:
    tier = ROLE_TIERS[claims.identity.role]
    if claims.permissions is not None:
        tier &= claims.permissions
    if "view" not in tier:
        raise TokenRefused("issuer's token: its permissions do not let it view")
    return tier


def _guest_token(assertion: Assertion, rules: Rules, verified: Mapping[str, Any]) -> GuestToken:
    identity = assertion.identity
    kind = GuestTokenResourceType.DASHBOARD
    return GuestToken(
        iat=assertion.issued_at,
        exp=float(verified["exp"]),
        user={"username": str(identity), "first_name": identity.tenant, "last_name": ""},
        resources=[{"type": kind, "id": uuid} for uuid in sorted(assertion.dashboards)],
        rls_rules=rules,
    )
