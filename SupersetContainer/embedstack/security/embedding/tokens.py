"""Which tokens are for the issuer's way in, by a look at them that trusts nothing."""

import base64
import json
import re
from typing import Any

OWN_ALGORITHM = "HS256"

_FIELDS = re.compile(r",\s*")


def is_issuers(compact: str) -> bool:
    """Whether a token is not of Superset's own make, which is HS256 without `iss`.

    Its access tokens (the Api's handshake) and guest tokens go their own ways. What is no JWT at all is nobody's.
    """
    parts = compact.split(".")
    if len(parts) != 3:
        return False
    header, claims = _read(parts[0]), _read(parts[1])
    if header is None:
        return False
    return header.get("alg") != OWN_ALGORITHM or "iss" in (claims or {})


def bearer_tokens(authorization: str) -> list[str]:
    """The tokens in an `Authorization` header; Superset's framework looks for one among several fields."""
    fields = (field.split() for field in _FIELDS.split(authorization))
    return [field[1] for field in fields if len(field) == 2 and field[0].lower() == "bearer"]


def _read(part: str) -> dict[str, Any] | None:
    try:
        value = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
