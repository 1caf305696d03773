"""The part of the security manager that lets an issuer's tokens in."""

import logging
import uuid
from http import HTTPStatus
from typing import Any

from flask import Flask, Request, Response, g, request
from flask_login import LoginManager
from superset.errors import ErrorLevel, SupersetError, SupersetErrorType
from superset.exceptions import SupersetSecurityException
from superset.security import SupersetSecurityManager

from embedstack.catalog import current_catalog
from embedstack.configuration.settings import current_settings
from embedstack.security.embedding.guests import IssuersGuest, IssuersGuests
from embedstack.security.embedding.jwks import KeysUnavailable
from embedstack.security.embedding.tokens import bearer_tokens, is_issuers
from embedstack.security.guest import current_guest, tier_roles
from embedstack.security.problems import problem
from embedstack.security.refusal import TokenRefused
from embedstack.shared.state import SharedStateUnavailable, shared_state

logger = logging.getLogger(__name__)


class IssuersGuestAccess(SupersetSecurityManager):
    """Takes a configured issuer's token as a guest, from `X-GuestToken`, the form field or `Authorization`."""

    def __init__(self, appbuilder: Any) -> None:
        settings = current_settings()
        self._issuers_guests = settings.jwt_embedding and IssuersGuests(
            settings.jwt_embedding, shared_state(settings.shared_database)
        )
        super().__init__(appbuilder)

    def create_login_manager(self, app: Flask) -> LoginManager:
        """Verifies an issuer's token before anything else looks at the request."""
        app.before_request(self._admit_issuers_guest)
        return super().create_login_manager(app)

    def request_loader(self, request: Request) -> Any:
        """The guest that came by an issuer's token, else what Superset finds."""
        return g.get("issuers_guest") or super().request_loader(request)

    def raise_for_access(self, *args: Any, **kwargs: Any) -> None:
        """Superset's checks, and for an issuer's guest that the dataset is one of the token's."""
        super().raise_for_access(*args, **kwargs)
        guest = current_guest()
        if not isinstance(guest, IssuersGuest):
            return
        asked = kwargs.get("query_context") or kwargs.get("viz")
        dataset = kwargs.get("datasource") or getattr(asked, "datasource", None)
        if dataset is not None and not guest.may_query(dataset.id):
            raise SupersetSecurityException(
                SupersetError(
                    message="This dataset is not open to you.",
                    error_type=SupersetErrorType.DATASOURCE_SECURITY_ACCESS_ERROR,
                    level=ErrorLevel.WARNING,
                )
            )

    def _admit_issuers_guest(self) -> Response | None:
        g.issuers_guest = None
        tokens = _tokens(request)
        if not any(is_issuers(token) for token in tokens):
            return None
        try:
            if self._issuers_guests is None:
                raise TokenRefused("issuer's token: no issuer is configured")
            if len(set(tokens)) != 1:
                raise TokenRefused("issuer's token: another token beside it")
            g.issuers_guest = self._issuers_guests.admit(
                tokens[0], self._dataset_ids, lambda tier: tier_roles(self.session, tier)
            )
        except TokenRefused as refusal:
            logger.warning("Token refused: %s", refusal)
            return problem(HTTPStatus.UNAUTHORIZED)
        except (KeysUnavailable, SharedStateUnavailable) as failure:
            logger.warning("Token not verified: %s", failure)
            return problem(HTTPStatus.SERVICE_UNAVAILABLE)
        return None

    def _dataset_ids(self) -> dict[str, int]:
        from superset.connectors.sqla.models import SqlaTable

        keys = {uuid.UUID(dataset.uuid): key for key, dataset in current_catalog().datasets.items()}
        rows = self.session.query(SqlaTable.uuid, SqlaTable.id).filter(SqlaTable.uuid.in_(keys))
        return {keys[found]: number for found, number in rows}


def _tokens(request: Request) -> list[str]:
    given = bearer_tokens(request.headers.get("Authorization", ""))
    for guest_token in (request.headers.get("X-GuestToken"), request.form.get("guest_token")):
        if guest_token:
            given.append(guest_token)
    return given
