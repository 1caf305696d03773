"""Refuses to mint guest tokens that the Api has not signed for."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import after_this_request

from embedstack.catalog import current_catalog
from embedstack.configuration.secret_file import SecretFile
from embedstack.security.binding import verify_content
from embedstack.security.problems import problem
from embedstack.security.refusal import TokenRefused
from embedstack.security.standing import check_standing
from embedstack.shared.state import SharedState, SharedStateUnavailable

logger = logging.getLogger(__name__)


class MintValidator:
    """GUEST_TOKEN_VALIDATOR_HOOK: a stolen service account password alone mints nothing."""

    def __init__(self, assertion_key: SecretFile, state: SharedState) -> None:
        self._assertion_key = assertion_key
        self._state = state

    def __call__(self, body: Mapping[str, Any]) -> bool:
        """False makes Superset answer 400."""
        try:
            assertion = verify_content(
                user=body.get("user") or {},
                resources=body["resources"],
                rules=body["rls"],
                key=self._assertion_key,
            )
            check_standing(assertion, self._state, current_catalog())
        except TokenRefused as refusal:
            logger.warning("Guest token not minted: %s", refusal)
            return False
        except SharedStateUnavailable as failure:
            logger.warning("Guest token not minted: %s", failure)
            # Superset has one answer for all that is not minted.
            after_this_request(lambda _refusal: problem(HTTPStatus.SERVICE_UNAVAILABLE))
            return False
        return True
