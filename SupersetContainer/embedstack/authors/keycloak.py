"""Superset as a client of Keycloak: authorization code with PKCE, the identity token checked in full."""

from typing import Any
from urllib.parse import urlencode

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.base_client import OAuthError
from authlib.integrations.flask_client import FlaskOAuth2App, OAuth
from flask import current_app, request
from joserfc.errors import JoseError
from werkzeug.wrappers import Response

from embedstack.configuration.author_sign_in import AuthorSignIn

_PROTOCOL = "protocol/openid-connect"
_ANSWER_SECONDS = 10
_CLIENT_REFUSED = frozenset({"invalid_client", "unauthorized_client"})


class SignInFailed(Exception):
    """The answer to a sign-in proves nobody's identity; says why, without tokens."""


class KeycloakAway(Exception):
    """Keycloak says nothing of the person."""


class RotatingClient(FlaskOAuth2App):
    """Redeems a code with the secret that Keycloak has at this moment of a rotation."""

    def __init__(self, *arguments: Any, client_secrets: tuple[str, ...], **settings: Any) -> None:
        super().__init__(*arguments, client_secret=client_secrets[0], **settings)
        self._others = client_secrets[1:]

    def fetch_access_token(self, *arguments: Any, **parameters: Any) -> dict[str, Any]:
        """A refused client costs no code: Keycloak checks the secret first."""
        try:
            return super().fetch_access_token(*arguments, **parameters)
        except OAuthError as error:
            if error.error not in _CLIENT_REFUSED or not self._others:
                raise
            self.client_secret, *self._others = self._others
            return self.fetch_access_token(*arguments, **parameters)


class Keycloak:
    """The issuer, for one request."""

    def __init__(self, settings: AuthorSignIn) -> None:
        self._settings = settings

    def start(self) -> Response:
        """Sends the browser to the sign-in page."""
        return self._client().authorize_redirect(self._settings.callback)

    def finish(self) -> dict[str, Any]:
        """Redeems the code in the address; the token with its verified claims under `userinfo`."""
        # The issuer names itself in its answer: a code of another one is not sent to this one.
        if request.args.get("iss") != self._settings.issuer:
            raise SignInFailed("the answer is not of the expected issuer")
        try:
            token = self._client().authorize_access_token(claims_options=self._claims_options)
        except (AuthlibBaseError, JoseError, requests.RequestException, ValueError) as error:
            raise SignInFailed(getattr(error, "error", None) or type(error).__name__) from error
        claims = token.get("userinfo")
        if not claims or not claims.get("sub"):
            raise SignInFailed("the answer names nobody")
        if not token.get("refresh_token"):
            raise SignInFailed("the answer has nothing to ask again by")
        return token

    def renew(self, refresh_token: str) -> dict[str, Any]:
        """The person as Keycloak knows it now, under `userinfo`; raises SignInFailed, or KeycloakAway."""
        client = self._client()
        try:
            token = client.fetch_access_token(grant_type="refresh_token", refresh_token=refresh_token)
            claims = client.parse_id_token(token, nonce=None, claims_options=self._claims_options)
        except OAuthError as error:
            if error.error == "invalid_grant":
                raise SignInFailed(error.error) from error
            raise KeycloakAway(error.error) from error
        except requests.RequestException as error:
            raise KeycloakAway(type(error).__name__) from error
        except (AuthlibBaseError, JoseError, ValueError) as error:
            raise SignInFailed(type(error).__name__) from error
        if not claims or not claims.get("sub"):
            raise SignInFailed("the answer names nobody")
        return {**token, "userinfo": claims}

    @property
    def _claims_options(self) -> dict[str, Any]:
        # Named one by one: the library checks neither without being told.
        return {
            "iss": {"essential": True, "value": self._settings.issuer},
            "aud": {"essential": True, "value": self._settings.client_id},
            "azp": {"essential": True, "value": self._settings.client_id},
        }

    def sign_out_address(self, id_token: str | None) -> str:
        """Where a browser ends Keycloak's session, and comes back from."""
        query = {"client_id": self._settings.client_id, "post_logout_redirect_uri": self._settings.after_sign_out}
        if id_token:
            query["id_token_hint"] = id_token
        return f"{self._settings.issuer}/{_PROTOCOL}/logout?{urlencode(query)}"

    def _client(self) -> FlaskOAuth2App:
        settings = self._settings
        # Made anew for each sign-in: its secret rotates, and so may Keycloak's keys.
        return OAuth(current_app).register(
            "keycloak",
            client_id=settings.client_id,
            client_cls=RotatingClient,
            client_secrets=settings.client_secret.values,
            authorize_url=f"{settings.issuer}/{_PROTOCOL}/auth",
            access_token_url=f"{settings.internal_url}/{_PROTOCOL}/token",
            jwks_uri=f"{settings.internal_url}/{_PROTOCOL}/certs",
            issuer=settings.issuer,
            id_token_signing_alg_values_supported=["RS256"],
            client_kwargs={
                "scope": "openid profile email",
                "code_challenge_method": "S256",
                "token_endpoint_auth_method": "client_secret_basic",
                "default_timeout": _ANSWER_SECONDS,
                "trust_env": False,
            },
        )
