"""The Api's signed assertion: what a guest token must match at mint and at every use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import jwt

from embedstack.configuration.secret_file import SecretFile
from embedstack.security.identity import DataIdentity
from embedstack.security.refusal import TokenRefused
from embedstack.security.roles import TIER_ROLES
from embedstack.security.store import Store

ISSUER = "embedstack-api"
ALGORITHM = "HS256"
CLOCK_LEEWAY_SECONDS = 30
# What the bootstrap has where the Api has a person's session, whose ids are GUIDs.
BOOTSTRAP_SESSION = "bootstrap"

_REQUIRED = ["iss", "iat", "exp", "jti", "sid", "identity", "store", "dashboards", "rules_sha256", "tier"]


@dataclass(frozen=True)
class Assertion:
    """Verified claims."""

    session: str
    issued_at: float
    identity: DataIdentity
    store: Store
    dashboards: frozenset[str]
    rules_sha256: str
    tier: frozenset[str]
    # What conditions of entitlements ask of the person.
    attributes: Mapping[str, str] = field(default_factory=dict)


def verify_assertion(compact: str, key: SecretFile) -> Assertion:
    """Checks signature, issuer, times and the form of every claim."""
    return _read_claims(_decode(compact, key))


def _decode(compact: str, key: SecretFile) -> Mapping[str, Any]:
    for value in key.values:
        try:
            return jwt.decode(
                compact,
                value,
                algorithms=[ALGORITHM],
                issuer=ISSUER,
                leeway=CLOCK_LEEWAY_SECONDS,
                options={"require": _REQUIRED, "verify_aud": False, "strict_aud": False},
            )
        except jwt.InvalidSignatureError:
            continue
        except jwt.InvalidTokenError as error:
            raise TokenRefused(f"assertion: {type(error).__name__}") from error
    raise TokenRefused("assertion: signed with another key")


def _read_claims(claims: Mapping[str, Any]) -> Assertion:
    tier = _texts(claims, "tier")
    if "view" not in tier or not tier <= TIER_ROLES.keys():
        raise TokenRefused("assertion: unknown tier")
    return Assertion(
        session=_text(claims, "sid"),
        issued_at=_time(claims, "iat"),
        identity=DataIdentity.parse(_text(claims, "identity")),
        store=_store(claims["store"]),
        dashboards=_texts(claims, "dashboards"),
        rules_sha256=_text(claims, "rules_sha256"),
        tier=tier,
        attributes=_attributes(claims.get("attributes", {})),
    )


def _attributes(claim: Any) -> Mapping[str, str]:
    if not isinstance(claim, Mapping) or not all(isinstance(value, str) for value in claim.values()):
        raise TokenRefused("assertion: attributes are not texts by name")
    return claim


def _store(claim: Any) -> Store:
    if not isinstance(claim, Mapping):
        raise TokenRefused("assertion: store is no object")
    try:
        return Store(claim.get("kind"), claim.get("database"), claim.get("schema"))
    except (TypeError, ValueError) as error:
        raise TokenRefused(f"assertion: {error}") from error


def _time(claims: Mapping[str, Any], name: str) -> float:
    value = claims[name]
    if type(value) not in (int, float):
        raise TokenRefused(f"assertion: {name} is not a time")
    return float(value)


def _text(claims: Mapping[str, Any], name: str) -> str:
    value = claims[name]
    if not isinstance(value, str) or not value:
        raise TokenRefused(f"assertion: {name} is not a text")
    return value


def _texts(claims: Mapping[str, Any], name: str) -> frozenset[str]:
    value = claims[name]
    if not isinstance(value, Sequence) or isinstance(value, str) or not value:
        raise TokenRefused(f"assertion: {name} is not a list")
    if not all(isinstance(item, str) for item in value):
        raise TokenRefused(f"assertion: {name} is not a list of texts")
    return frozenset(value)
