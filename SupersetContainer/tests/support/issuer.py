"""An issuer of embedding tokens with a JWKS endpoint."""

import json
import threading
import time
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from jwt.algorithms import RSAAlgorithm

NAME = "https://id.host.example"
AUDIENCE = "dashboards"


class Issuer:
    """Signs tokens that are right unless a test changes something, and publishes its keys."""

    def __init__(self) -> None:
        self.keys: dict[str, RSAPrivateKey] = {"first": new_key()}
        self.answers = True
        self.requests = 0
        issuer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                issuer.requests += 1
                self.send_response(200 if issuer.answers else 500)
                self.end_headers()
                if issuer.answers:
                    self.wfile.write(json.dumps({"keys": issuer.published}).encode())

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    def __enter__(self) -> "Issuer":
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/keys"

    @property
    def environment(self) -> dict[str, str]:
        return {"EMBED_JWT_ISSUER": NAME, "EMBED_JWT_AUDIENCE": AUDIENCE, "EMBED_JWT_JWKS_URL": self.url}

    @property
    def published(self) -> list[dict[str, Any]]:
        return [
            {**RSAAlgorithm.to_jwk(key.public_key(), as_dict=True), "kid": kid, "use": "sig", "alg": "RS256"}
            for kid, key in self.keys.items()
        ]

    @cached_property
    def public_pem(self) -> bytes:
        """The first key as its holder would publish it."""
        return (
            self.keys["first"]
            .public_key()
            .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        )

    def claims(self, **changes: Any) -> dict[str, Any]:
        """Claims of northside's administrator; None leaves a claim out."""
        now = int(time.time())
        right = {
            "iss": NAME,
            "aud": AUDIENCE,
            "sub": "somebody",
            "iat": now,
            "nbf": now,
            "exp": now + 300,
            "tenant_id": "northside",
            "role": "admin",
        }
        return {name: value for name, value in {**right, **changes}.items() if value is not None}

    def token(self, kid: str | None = "first", headers: dict[str, Any] | None = None, **changes: Any) -> str:
        """An RS256 token under the key of this name, or the first one where there is none of it."""
        key = self.keys.get(kid or "first", self.keys["first"])
        header = {**({} if kid is None else {"kid": kid}), **(headers or {})}
        return jwt.encode(self.claims(**changes), key, algorithm="RS256", headers=header)


def new_key() -> RSAPrivateKey:
    """A key pair of the usual size."""
    return generate_private_key(public_exponent=65537, key_size=2048)
