"""Superset's own access tokens: the service account's handshake, and nobody else's way in."""

import hashlib
import hmac
from http import HTTPStatus
from typing import Any

from flask import Flask, g
from flask_appbuilder.security.sqla.models import User
from flask_jwt_extended import JWTManager
from superset.security import SupersetSecurityManager

from embedstack.configuration.settings import current_settings
from embedstack.security.problems import problem

_CLAIM = "service_account"
_PURPOSE = b"embedstack access token"


class ServiceAccountTokens(SupersetSecurityManager):
    """Accepts an access token only with a proof of the service account's password in it.

    Superset alone takes any token under JWT_SECRET_KEY as a login of the user whose number stands in `sub`.
    """

    def create_jwt_manager(self, app: Flask) -> JWTManager:
        """Puts the proof into new tokens, and answers 401 where the framework would answer 422."""
        manager = super().create_jwt_manager(app)
        manager.additional_claims_loader(lambda _user: {_CLAIM: _proofs()[0]})
        manager.invalid_token_loader(lambda _reason: problem(HTTPStatus.UNAUTHORIZED))
        manager.user_lookup_error_loader(lambda _header, _claims: problem(HTTPStatus.UNAUTHORIZED))
        return manager

    def load_user_jwt(self, _header: Any, claims: dict[str, Any]) -> User | None:
        """The service account, or nobody."""
        given = str(claims.get(_CLAIM, "")).encode()
        if not any(hmac.compare_digest(given, proof.encode()) for proof in _proofs()):
            return None
        account = self.find_user(username=current_settings().service_account_username)
        if account is None or not account.is_active or str(account.id) != claims["sub"]:
            return None
        g.user = account
        return account


def _proofs() -> list[str]:
    passwords = current_settings().service_account_password.values
    return [hmac.new(password.encode(), _PURPOSE, hashlib.sha256).hexdigest() for password in passwords]
