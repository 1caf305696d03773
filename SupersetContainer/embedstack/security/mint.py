"""Refuses to mint guest tokens that the Api has not signed for."""

import logging
from collections.abc import Mapping
from typing import Any

from embedstack.configuration.secret_file import SecretFile
from embedstack.security.binding import verify_content
from embedstack.security.refusal import TokenRefused

logger = logging.getLogger(__name__)


class MintValidator:
    """GUEST_TOKEN_VALIDATOR_HOOK: a stolen service account password alone mints nothing."""

    def __init__(self, assertion_key: SecretFile) -> None:
        self._assertion_key = assertion_key

    def __call__(self, body: Mapping[str, Any]) -> bool:
        """False makes Superset answer 400."""
        try:
            verify_content(
                user=body.get("user") or {},
                resources=body["resources"],
                rules=body["rls"],
                key=self._assertion_key,
            )
        except TokenRefused as refusal:
            logger.warning("Guest token not minted: %s", refusal)
            return False
        return True
