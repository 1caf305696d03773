"""The part of Keycloak that a sign-in by code needs, with a token of the test's own making."""

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import jwt
from jwt.algorithms import RSAAlgorithm
from support.issuer import new_key

ISSUER = "http://localhost:5183/realms/embedstack"
CLIENT = "superset"


class KeycloakPeer:
    """Answers at `port` while it is entered."""

    def __init__(self, port: int, secret: str) -> None:
        self.key, self.stranger = new_key(), new_key()
        self._port, self.secret = port, secret
        self._codes: dict[str, tuple[str, str]] = {}
        # What a refresh finds: by token, the person; what has changed of them since; and how often one was asked for.
        self._sessions: dict[str, dict[str, Any]] = {}
        self.changes: dict[str, Any] = {}
        self.refreshes = 0
        self.answers = True

    def claims(self, **changes: Any) -> dict[str, Any]:
        """An author's identity token, unless `changes` say otherwise; None leaves a claim out."""
        now = int(time.time())
        fitting = {
            "iss": ISSUER,
            "aud": CLIENT,
            "azp": CLIENT,
            "sub": "6a5c8a33-0000-4000-8000-000000000001",
            "iat": now,
            "exp": now + 300,
            "name": "Ada Whitfield",
            "given_name": "Ada",
            "family_name": "Whitfield",
            "preferred_username": "author@embedstack.example",
            "role": ["author"],
        }
        return {name: value for name, value in {**fitting, **changes}.items() if value is not None}

    def sign(self, claims: dict[str, Any]) -> str:
        """An identity token as Keycloak makes it."""
        return jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "first"})

    def issue(self, challenge: str, id_token: str) -> str:
        """A code for one redemption."""
        code = f"code-{len(self._codes)}"
        self._codes[code] = (challenge, id_token)
        return code

    def knows(self, authorization: str) -> bool:
        """Whether a client may ask at all; a code of one that may not stays good."""
        user, _, secret = base64.b64decode(authorization.removeprefix("Basic ")).decode().partition(":")
        return (unquote(user), unquote(secret)) == (CLIENT, self.secret)

    def redeem(self, form: dict[str, str]) -> dict[str, Any] | None:
        """The answer of the token endpoint; None refuses."""
        challenge, id_token = self._codes.pop(form.get("code", ""), ("", ""))
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        proof = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if not challenge or proof != challenge:
            return None
        return self._tokens(id_token)

    def refresh(self, form: dict[str, str]) -> dict[str, Any] | None:
        """The same for a refresh token, which serves once."""
        self.refreshes += 1
        claims = self._sessions.pop(form.get("refresh_token", ""), None)
        if claims is None:
            return None
        now = int(time.time())
        changed = {**claims, "nonce": None, "iat": now, "exp": now + 300, **self.changes}
        return self._tokens(self.sign({name: value for name, value in changed.items() if value is not None}))

    def end_sessions(self) -> None:
        """Signs everybody out."""
        self._sessions.clear()

    def _tokens(self, id_token: str) -> dict[str, Any]:
        refresh_token = secrets.token_urlsafe(16)
        try:
            self._sessions[refresh_token] = jwt.decode(id_token, options={"verify_signature": False})
        except jwt.InvalidTokenError:
            pass
        opaque = {"access_token": "opaque", "token_type": "Bearer", "expires_in": 300}
        return {**opaque, "refresh_token": refresh_token, "id_token": id_token}

    def __enter__(self) -> "KeycloakPeer":
        peer = self
        jwk = json.loads(RSAAlgorithm.to_jwk(peer.key.public_key())) | {"kid": "first", "alg": "RS256", "use": "sig"}

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._answer(200, {"keys": [jwk]})

            def do_POST(self) -> None:
                form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                assert urlsplit(self.path).path.endswith("/protocol/openid-connect/token")
                if not peer.knows(self.headers.get("Authorization", "")):
                    self._answer(401, {"error": "unauthorized_client"})
                    return
                if not peer.answers:
                    self._answer(503, {})
                    return
                fields = {k: v[0] for k, v in form.items()}
                token = peer.refresh(fields) if fields["grant_type"] == "refresh_token" else peer.redeem(fields)
                self._answer(200, token) if token else self._answer(400, {"error": "invalid_grant"})

            def _answer(self, status: int, body: object) -> None:
                content = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", self._port), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
