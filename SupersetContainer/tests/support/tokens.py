"""Assertions and token bodies, right unless a test changes something."""

import time
from typing import Any

import jwt

from embedstack.security.rules.digest import rules_sha256

DASHBOARD = "0b6f2b58-6f3c-4f1e-9a3c-0c1f5e1d2a34"
RULES = [{"dataset": 7, "clause": "tenant_id = 'northside'"}]


def claims(**changes: Any) -> dict[str, Any]:
    """Claims of northside's administrator; None leaves a claim out."""
    now = time.time()
    right = {
        "iss": "embedstack-api",
        "iat": now,
        "exp": int(now) + 360,
        "jti": "1f0c",
        "sid": "session-1",
        "identity": "northside/admin",
        "store": {"kind": "shared", "database": "clinic", "schema": "clinic"},
        "dashboards": [DASHBOARD],
        "rules_sha256": rules_sha256(RULES),
        "tier": ["view", "table", "drill", "export"],
    }
    return {name: value for name, value in {**right, **changes}.items() if value is not None}


def sign(key: str, algorithm: str = "HS256", **changes: Any) -> str:
    """A compact JWS over `claims`."""
    return jwt.encode(claims(**changes), key, algorithm=algorithm)


def body(assertion: str) -> dict[str, Any]:
    """What the Api sends to guest_token."""
    return {
        "user": {"username": "northside/admin", "first_name": "northside", "last_name": assertion},
        "resources": [{"type": "dashboard", "id": DASHBOARD}],
        "rls": RULES,
    }
