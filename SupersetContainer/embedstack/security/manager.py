"""Superset's security manager with the tenancy walls of embedded guests."""

import logging
from http import HTTPStatus
from typing import Any

from flask import Request, abort
from superset.security.guest_token import GuestToken, GuestTokenRlsRule

from embedstack.authors.manager import AuthorSignIns
from embedstack.authors.reads import AuthorReads
from embedstack.catalog import current_catalog
from embedstack.configuration.settings import current_settings
from embedstack.security.binding import dashboard_uuids, verify_content
from embedstack.security.cache_keys import VersionedCacheKeys
from embedstack.security.embedding.access_tokens import ServiceAccountTokens
from embedstack.security.embedding.manager import IssuersGuestAccess
from embedstack.security.guest import EmbedGuest, current_guest, tier_roles
from embedstack.security.guest_token_key import GuestTokenKey
from embedstack.security.guest_routes import GuestRoutes
from embedstack.security.payload.manager import PayloadWall
from embedstack.security.problems import problem
from embedstack.security.refusal import TokenRefused
from embedstack.security.rules.digest import NO_ROWS
from embedstack.security.standing import check_standing
from embedstack.shared.state import SharedStateUnavailable, shared_state

logger = logging.getLogger(__name__)


class EmbedSecurityManager(
    AuthorSignIns, AuthorReads, GuestRoutes, PayloadWall, IssuersGuestAccess, ServiceAccountTokens, VersionedCacheKeys
):
    """Guests are who the Api's assertion says, may what its tier says, and see what a rule names."""

    guest_user_cls = EmbedGuest

    def __init__(self, appbuilder: Any) -> None:
        super().__init__(appbuilder)
        self._state = shared_state(current_settings().shared_database)
        self.pyjwt_for_guest_token = GuestTokenKey(current_settings().guest_token_secret)

    def get_guest_user_from_request(self, req: Request) -> EmbedGuest | None:
        """The guest of a request; a refused token is no guest, which Superset answers with 401."""
        try:
            return super().get_guest_user_from_request(req)
        except TokenRefused as refusal:
            logger.warning("Guest token refused: %s", refusal)
            return None

    def parse_jwt_guest_token(self, raw_token: str) -> dict[str, Any]:
        """Claims of a guest token whose signature, times, audience and dashboards are in order."""
        token = super().parse_jwt_guest_token(raw_token)
        dashboard_uuids(token["resources"])
        return token

    def get_guest_user_from_token(self, token: GuestToken) -> EmbedGuest:
        """A guest with the roles of its signed tier.

        Raises TokenRefused without an assertion that fits and still stands, and answers 503 where nobody can know.
        """
        assertion = verify_content(
            user=token["user"],
            resources=token["resources"],
            rules=token["rls_rules"],
            key=current_settings().assertion_key,
        )
        try:
            check_standing(assertion, self._state, current_catalog())
        except SharedStateUnavailable as failure:
            logger.warning("Guest token not verified: %s", failure)
            abort(problem(HTTPStatus.SERVICE_UNAVAILABLE))
        return EmbedGuest(token=token, roles=tier_roles(self.session, assertion.tier), assertion=assertion)

    def get_guest_rls_filters(self, dataset: Any) -> list[GuestTokenRlsRule]:
        """The rules that name the dataset, or one that no row meets: uncovered is closed.

        Superset alone answers all rows of a dataset that no rule names.
        """
        guest = current_guest()
        if guest is None:
            return []
        named = [rule for rule in guest.rls if dataset.type == "table" and rule["dataset"] == dataset.id]
        return named or [{"dataset": None, "clause": NO_ROWS}]

    def get_rls_cache_key(self, dataset: Any) -> list[str]:
        """Also whose rows and in which store: no answer is another identity's, whatever the rules say."""
        guest = current_guest()
        whose = [] if guest is None else [str(guest.assertion.identity), str(guest.assertion.store)]
        return [*super().get_rls_cache_key(dataset), *whose]
