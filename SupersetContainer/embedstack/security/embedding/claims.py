"""What an issuer's verified token says about a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from embedstack.security.rules.terms import ATTRIBUTES
from embedstack.security.identity import SAFE_VALUE, DataIdentity
from embedstack.security.refusal import TokenRefused


# As the Api takes it in a revocation, in units of UTF-16.
_LONGEST_ID = 255


@dataclass(frozen=True)
class Claims:
    """Checked for form; whether the tenant exists and the role fits it is not decided here."""

    identity: DataIdentity
    # Names of tiers to keep; None keeps all of the role's.
    permissions: frozenset[str] | None
    # Keys of the datasets that answer; None is all.
    datasets: frozenset[str] | None
    # Values of row terms beyond the identity: department, region, cost_center.
    attributes: Mapping[str, str]
    subject: str
    # `jti`, by which the token alone can be revoked.
    token_id: str | None

    @classmethod
    def read(cls, claims: Mapping[str, Any], tenant_claim: str) -> "Claims":
        """Raises TokenRefused for a claim that is missing or of another form."""
        parts = [_value(claims, tenant_claim), _value(claims, "role")]
        if parts[1] == "clinician":
            parts.append(_value(claims, "staff_id"))
        return cls(
            identity=DataIdentity.parse("/".join(parts)),
            permissions=_names(claims, "permissions"),
            datasets=_names(claims, "dataset_ids"),
            attributes={name: _value(claims, name) for name in ATTRIBUTES if claims.get(name) is not None},
            subject=str(claims.get("sub") or claims.get("jti") or ""),
            token_id=_token_id(claims),
        )


def _value(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name)
    if not isinstance(value, str) or not SAFE_VALUE.match(value):
        raise TokenRefused(f"issuer's token: {name} is no value of letters, digits, _ and -")
    return value


def _token_id(claims: Mapping[str, Any]) -> str | None:
    if "jti" not in claims:
        return None
    value = claims["jti"]
    if not isinstance(value, str) or not 0 < len(value.encode("utf-16-le", "surrogatepass")) // 2 <= _LONGEST_ID:
        raise TokenRefused("issuer's token: its jti is none that a revocation could name")
    return value


def _names(claims: Mapping[str, Any], name: str) -> frozenset[str] | None:
    value = claims.get(name)
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise TokenRefused(f"issuer's token: {name} is no list of texts")
    return frozenset(value)
