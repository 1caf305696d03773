"""Superset's own access tokens: the handshake passes, and a stolen signing key alone is nobody."""

import time
from pathlib import Path

import jwt
import pytest

from embedstack.bootstrap.handshake import mint
from embedstack.security.identity import DataIdentity
from embedstack.security.store import Store

PROTECTED, HAS_ACCESS = "/api/v1/me/roles/", "/api/v1/time_range/?q='Last week'"
CSRF = "/api/v1/security/csrf_token/"


def access_token(key, **changes):
    now = int(time.time())
    claims = {
        "fresh": True,
        "iat": now,
        "jti": "7a1f",
        "type": "access",
        "sub": "1",
        "nbf": now,
        "exp": now + 300,
        "csrf": "c",
    }
    claims = {name: value for name, value in {**claims, **changes}.items() if value is not None}
    return jwt.encode(claims, key, algorithm="HS256")


def test_handshake_mints_by_the_service_accounts_token(bootstrapped, guests):
    rules = [guests.rule("northside")]
    identity = DataIdentity("northside", "admin")
    token = mint(bootstrapped, identity, Store("shared", "clinic", "clinic"), guests.dashboard.embedded_uuid, rules)
    assert guests.count(token) == guests.rows_of("northside")


@pytest.mark.parametrize("key", ["secret_key", "jwt_secret_key"])
@pytest.mark.parametrize("proof", [None, "", "0" * 64, 1])
def test_token_under_supersets_own_secret_is_nobody(guests, key, proof):
    token = access_token(getattr(guests.settings, key), service_account=proof)
    for path in (PROTECTED, HAS_ACCESS, CSRF, "/api/v1/chart/", "/api/v1/dashboard/", "/api/v1/database/"):
        answer = guests.get(path, None, Authorization=f"Bearer {token}")
        assert answer.status_code == 401, path
    query = guests.stored_query("appointments_total")
    headers = guests.headers(None, {"Authorization": f"Bearer {token}"})
    client = guests.context.app.test_client(use_cookies=False)
    assert client.post("/api/v1/chart/data", json=query, headers=headers).status_code == 401


def test_token_of_another_user_is_nobody_even_with_the_proof(guests, bootstrapped):
    from superset import security_manager
    from superset.extensions import db

    with bootstrapped.app.app_context():
        admin = security_manager.find_role("Admin")
        user = security_manager.add_user("root@host.example", "R", "T", "root@host.example", admin)
        number, name = user.id, user.username
    try:
        genuine = jwt.decode(login(guests), options={"verify_signature": False})
        token = access_token(guests.settings.jwt_secret_key, **{**genuine, "sub": str(number)})
        assert guests.get(PROTECTED, None, Authorization=f"Bearer {token}").status_code == 401
        token = access_token(guests.settings.jwt_secret_key, **{**genuine, "sub": "root"})
        assert guests.get(PROTECTED, None, Authorization=f"Bearer {token}").status_code == 401
    finally:
        with bootstrapped.app.app_context():
            db.session.delete(security_manager.find_user(name))
            db.session.commit()


def test_service_accounts_token_reads_no_data(guests):
    bearer = {"Authorization": f"Bearer {login(guests)}"}
    assert guests.get(CSRF, None, **bearer).status_code == 200
    assert guests.get(PROTECTED, None, **bearer).status_code == 403
    query = guests.stored_query("appointments_total")
    client = guests.context.app.test_client(use_cookies=False)
    headers = guests.headers(None, bearer)
    assert client.post("/api/v1/chart/data", json=query, headers=headers).status_code == 403


@pytest.mark.parametrize("text", ["x", "x.y.z", "e30.e30.", "eyJhbGciOiJIUzI1NiJ9.e30.AAAA", "ä.ä.ä", "[]", "W10.W10.x"])
def test_text_that_is_no_token_is_unauthorized(guests, text):
    for path in (PROTECTED, HAS_ACCESS):
        for headers in ({"Authorization": f"Bearer {text}"}, {"X-GuestToken": text}):
            assert guests.get(path, None, **headers).status_code == 401


def login(guests):
    return answer_to(guests, guests.settings.service_account_password.current).json["access_token"]


def answer_to(guests, password):
    body = {"username": guests.settings.service_account_username, "password": password, "provider": "db"}
    client = guests.context.app.test_client(use_cookies=False)
    return client.post("/api/v1/security/login", json=body, headers=guests.headers(None, {}))


def test_service_account_signs_in_by_either_value_of_its_file(guests, stack):
    path = Path(stack.environment["SERVICE_ACCOUNT_PASSWORD_FILE"])
    before = path.read_text(encoding="utf-8")
    old, new = before.strip(), "n" * 48
    statuses = []
    try:
        for lines in ([old], [old, new], [new, old], [new]):
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
            statuses.append([answer_to(guests, password).status_code for password in (old, new, "", "!")])
    finally:
        path.write_text(before, encoding="utf-8")
    assert statuses == [[200, 401, 400, 401], [200, 200, 400, 401], [200, 200, 400, 401], [401, 200, 400, 401]]
