"""A browser at the authors' origin."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from werkzeug.test import TestResponse

from embedstack.bootstrap.context import Context
from support.keycloak import ISSUER, KeycloakPeer

ORIGIN = "http://authors.localhost:5182"


class Author:
    """A browser at the authors' origin."""

    def __init__(self, context: Context, keycloak: KeycloakPeer | None) -> None:
        self.context = context
        self._keycloak = keycloak
        self._client = context.app.test_client()
        self._headers = {"X-Superset-Ingress": context.settings.ingress_secret}

    def get(self, path: str, **headers: str) -> TestResponse:
        """GET, with the browser's cookies."""
        return self._client.get(path, base_url=ORIGIN, headers=self._headers | headers)

    def post(self, path: str, **content: Any) -> TestResponse:
        """POST, with the browser's cookies."""
        return self._client.post(path, base_url=ORIGIN, headers=self._headers, **content)

    def begin(self, path: str = "/login/") -> tuple[str, dict[str, str]]:
        """Where the sign-in begins, and the fields of that address."""
        location = self.get(path).headers["Location"]
        return location, {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}

    def finish(self, query: dict[str, str], id_token: str, iss: str | None = ISSUER, **changes: Any) -> TestResponse:
        """Comes back from Keycloak."""
        assert self._keycloak is not None
        code = self._keycloak.issue(query["code_challenge"], id_token)
        answer = {"code": code, "state": query["state"], "iss": iss} | changes
        return self.get("/oauth-authorized/keycloak?" + "&".join(f"{k}={v}" for k, v in answer.items() if v is not None))

    def sign_in(self, path: str = "/login/", **claims: Any) -> TestResponse:
        """The whole way."""
        assert self._keycloak is not None
        _, query = self.begin(path)
        return self.finish(query, self._keycloak.sign(self._keycloak.claims(**{"nonce": query["nonce"], **claims})))

    @property
    def is_in(self) -> bool:
        """Whether Superset knows somebody."""
        return self.get("/api/v1/me/").status_code == 200
