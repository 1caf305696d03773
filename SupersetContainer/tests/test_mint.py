import pytest

from embedstack.bootstrap.failure import BootstrapFailure
from embedstack.bootstrap.handshake import mint
from embedstack.security.identity import DataIdentity
from embedstack.security.store import Store

NORTHSIDE = DataIdentity("northside", "admin")
STORE = Store("shared", "clinic", "clinic")


def test_handshake_mints_a_token_that_reads(bootstrapped, guests):
    token = mint(bootstrapped, NORTHSIDE, STORE, guests.dashboard.embedded_uuid, [guests.rule("northside")])
    assert guests.count(token) == guests.rows_of("northside")


def test_service_account_alone_mints_nothing(bootstrapped, guests, monkeypatch):
    monkeypatch.setattr("embedstack.bootstrap.handshake.sign_assertion", lambda *_: "")
    with pytest.raises(BootstrapFailure, match="guest_token/ answered 400"):
        mint(bootstrapped, NORTHSIDE, STORE, guests.dashboard.embedded_uuid, [guests.rule("northside")])


def test_service_account_may_nothing_else(bootstrapped, guests):
    settings = bootstrapped.settings
    client = bootstrapped.app.test_client()
    headers = {"X-Superset-Ingress": settings.ingress_secret}
    login = client.post(
        "/api/v1/security/login",
        json={
            "username": settings.service_account_username,
            "password": settings.service_account_password.current,
            "provider": "db",
        },
        headers=headers,
    )
    headers["Authorization"] = f"Bearer {login.json['access_token']}"
    for path in ("/api/v1/dashboard/", "/api/v1/chart/", "/api/v1/dataset/", "/api/v1/database/"):
        assert client.get(path, headers=headers).status_code == 403


def test_no_token_reaches_the_event_log(bootstrapped, guests, stack):
    token = mint(bootstrapped, NORTHSIDE, STORE, guests.dashboard.embedded_uuid, [guests.rule("northside")])
    bootstrapped.app.test_client(use_cookies=False).post(
        "/api/v1/chart/data",
        data={"guest_token": token, "form_data": "{}"},
        headers={"X-Superset-Ingress": bootstrapped.settings.ingress_secret},
    )
    rows = stack.query("superset", "SELECT action, json FROM logs")
    assert any("guest_token" in (action or "") for action, _ in rows)
    assert not [json for _, json in rows if "eyJ" in (json or "")]


def test_reads_of_guests_write_no_events(guests, stack):
    before = stack.query("superset", "SELECT count(*) FROM logs")
    assert guests.count(guests.token(), force=True) > 0
    assert stack.query("superset", "SELECT count(*) FROM logs") == before
