"""The Api's way to a guest token, taken inside this process."""

import time
import uuid
from dataclasses import asdict
from typing import Any

import jwt
from flask.testing import FlaskClient

from embedstack.bootstrap.context import Context
from embedstack.bootstrap.failure import BootstrapFailure
from embedstack.security.assertion import ALGORITHM, BOOTSTRAP_SESSION, ISSUER
from embedstack.security.identity import DataIdentity
from embedstack.security.roles import TIER_ROLES
from embedstack.security.rules.digest import rules_sha256
from embedstack.security.store import Store

Rules = list[dict[str, Any]]


def sign_assertion(context: Context, identity: DataIdentity, store: Store, dashboards: list[str], rules: Rules) -> str:
    """What the Api puts into `user.last_name`."""
    now = time.time()
    claims = {
        "iss": ISSUER,
        "iat": now,
        "exp": int(now) + 120,
        "jti": uuid.uuid4().hex,
        "sid": BOOTSTRAP_SESSION,
        "identity": str(identity),
        "store": asdict(store),
        "dashboards": dashboards,
        "rules_sha256": rules_sha256(rules),
        "tier": sorted(TIER_ROLES),
    }
    return jwt.encode(claims, context.settings.assertion_key.current, algorithm=ALGORITHM)


def mint(context: Context, identity: DataIdentity, store: Store, dashboard: str, rules: Rules) -> str:
    """Login, CSRF token with its cookie, guest token: through the real endpoints."""
    client = context.app.test_client()
    headers = {"X-Superset-Ingress": context.settings.ingress_secret}
    login = _post(
        client,
        "/api/v1/security/login",
        headers,
        {
            "username": context.settings.service_account_username,
            "password": context.settings.service_account_password.current,
            "provider": "db",
            "refresh": False,
        },
    )
    headers["Authorization"] = f"Bearer {login['access_token']}"
    answer = client.get("/api/v1/security/csrf_token/", headers=headers)
    if answer.status_code != 200:
        raise BootstrapFailure(f"csrf_token answered {answer.status_code}")
    headers["X-CSRFToken"] = answer.json["result"]
    return str(
        _post(
            client,
            "/api/v1/security/guest_token/",
            headers,
            {
                "user": {
                    "username": str(identity),
                    "first_name": identity.tenant,
                    "last_name": sign_assertion(context, identity, store, [dashboard], rules),
                },
                "resources": [{"type": "dashboard", "id": dashboard}],
                "rls": rules,
            },
        )["token"]
    )


def _post(client: FlaskClient, path: str, headers: dict[str, str], body: Any) -> dict[str, Any]:
    answer = client.post(path, json=body, headers=headers)
    if answer.status_code != 200 or not isinstance(answer.json, dict):
        raise BootstrapFailure(f"{path} answered {answer.status_code}")
    return answer.json
