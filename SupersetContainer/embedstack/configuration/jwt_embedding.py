"""The second way in: signed tokens of an issuer that the host already trusts."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from embedstack.configuration.environment import Environment
from embedstack.configuration.errors import ConfigurationError
from embedstack.configuration.secret_file import SecretFile

_CLAIM = re.compile(r"[A-Za-z_][A-Za-z0-9_:/.-]{0,127}\Z")
# Claims that have a meaning of their own here.
_TAKEN = frozenset({"iss", "sub", "aud", "exp", "nbf", "iat", "jti", "role", "staff_id", "permissions"})
# Where keys may come over plain HTTP: from this machine, by whichever name a container knows it.
_OWN_HOSTS = frozenset({"localhost", "127.0.0.1", "::1", "host.docker.internal", "aspire.dev.internal"})


@dataclass(frozen=True)
class JwtEmbedding:
    """Whose tokens become guests, and what they are verified with: published keys, or a shared secret."""

    issuer: str
    audience: str
    tenant_claim: str
    jwks_url: str | None
    secret: SecretFile | None

    @classmethod
    def read(cls, environment: Environment) -> "JwtEmbedding | None":
        """Reads EMBED_JWT_*; None, and the way is closed, where EMBED_JWT_ISSUER is not set."""
        if not environment.has("EMBED_JWT_ISSUER"):
            return None
        by_keys, by_secret = environment.has("EMBED_JWT_JWKS_URL"), environment.has("EMBED_JWT_SECRET_FILE")
        if by_keys == by_secret:
            raise ConfigurationError("EMBED_JWT_ISSUER needs either EMBED_JWT_JWKS_URL (RS256) or EMBED_JWT_SECRET_FILE (HS256)")
        return cls(
            issuer=environment.text("EMBED_JWT_ISSUER"),
            audience=environment.text("EMBED_JWT_AUDIENCE"),
            tenant_claim=_claim(environment.text("EMBED_JWT_TENANT_CLAIM", "tenant_id")),
            jwks_url=_url(environment.text("EMBED_JWT_JWKS_URL")) if by_keys else None,
            secret=environment.secret_file("EMBED_JWT_SECRET") if by_secret else None,
        )

    @property
    def algorithm(self) -> str:
        """The one algorithm that counts, whatever a token's header says."""
        return "HS256" if self.secret else "RS256"

    @property
    def secrets(self) -> Mapping[str, Sequence[str]]:
        """By variable, what must differ from every other secret."""
        return {"EMBED_JWT_SECRET_FILE": self.secret.values} if self.secret else {}


def _claim(name: str) -> str:
    if not _CLAIM.match(name) or name in _TAKEN:
        raise ConfigurationError(f"EMBED_JWT_TENANT_CLAIM is '{name}'; name a claim of its own, such as org_id")
    return name


def _url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme == "https" and parts.hostname or parts.scheme == "http" and parts.hostname in _OWN_HOSTS:
        return text
    raise ConfigurationError(f"EMBED_JWT_JWKS_URL is '{text}'; an https address is needed (http on this machine only)")
