"""What the Api revokes: every token that it concerns is refused within a second, at use and at mint."""

import time
from contextlib import contextmanager
from dataclasses import replace

import pytest
from support.clock import Clock

from embedstack.bootstrap.failure import BootstrapFailure
from embedstack.bootstrap.handshake import mint
from embedstack.bootstrap.self_check import check_as_guest
from embedstack.security.assertion import BOOTSTRAP_SESSION
from embedstack.security.identity import DataIdentity
from embedstack.security.store import Store
from embedstack.shared.revocations import Revocations
from embedstack.shared.state import SharedState

PATH = "/api/v1/me/roles/"
REVOCATIONS = {
    "session": "session-1",
    "tenant": "northside",
    "dashboard": "clinic",
    "all": "*",
}


@pytest.fixture
def revoked(stack, second_passes):
    """Writes a row as the Api does, and lets the second pass until everybody has read it."""

    @contextmanager
    def revoke(kind, value, expires=None):
        sql = (
            "INSERT INTO shared.revocations (kind, value, expires_at) "
            "VALUES (%s, %s, now() + %s * interval '1 second') "
            "ON CONFLICT (kind, value) DO UPDATE SET revoked_at = now(), expires_at = excluded.expires_at "
            "RETURNING extract(epoch FROM revoked_at)::float8"
        )
        moment = stack.query("embedstack", sql, (kind, value, expires))[0][0]
        try:
            second_passes()
            yield moment
        finally:
            stack.query("embedstack", "DELETE FROM shared.revocations WHERE (kind, value) = (%s, %s)", (kind, value))
            second_passes()

    return revoke


def status(guests, identity="northside/admin", **assertion):
    return guests.get(PATH, guests.token(identity, assertion=assertion)).status_code


@pytest.mark.parametrize("kind", REVOCATIONS)
def test_standing_revocation_refuses_old_tokens_and_new_ones(guests, revoked, kind):
    before = guests.token()
    assert guests.get(PATH, before).status_code == 200
    with revoked(kind, REVOCATIONS[kind]):
        assert guests.get(PATH, before).status_code == 401
        assert guests.chart("appointments_total", before).status_code == 401
        assert status(guests, iat=time.time()) == 401
    assert guests.get(PATH, before).status_code == 200


@pytest.mark.parametrize("kind", REVOCATIONS)
def test_revocation_with_an_end_refuses_what_was_issued_before_it(guests, revoked, kind):
    with revoked(kind, REVOCATIONS[kind], expires=360) as moment:
        assert status(guests, iat=moment - 60) == 401
        assert status(guests, iat=moment) == 401
        assert status(guests, iat=moment + 0.001) == 200


@pytest.mark.parametrize(
    ("kind", "value"), [("session", "session-2"), ("tenant", "harbour"), ("dashboard", "network"), ("session", "*")]
)
def test_revocation_of_others_changes_nothing(guests, revoked, kind, value):
    with revoked(kind, value):
        assert status(guests) == 200


def test_revoked_dashboard_ends_a_token_for_several(guests, revoked):
    clinic, other = [entry for entry in guests.context.catalog.dashboards if "admin" in entry.roles][:2]
    both = [clinic.embedded_uuid, other.embedded_uuid]
    resources = [{"type": "dashboard", "id": uuid} for uuid in both]
    token = guests.token(assertion={"dashboards": both}, resources=resources)
    assert guests.get(PATH, token).status_code == 200
    with revoked("dashboard", other.key):
        assert guests.get(PATH, token).status_code == 401
        assert status(guests) == 200


def mint_for(bootstrapped, guests):
    identity, store = DataIdentity("northside", "admin"), Store("shared", "clinic", "clinic")
    return mint(bootstrapped, identity, store, guests.dashboard.embedded_uuid, [guests.rule("northside")])


@pytest.mark.parametrize("kind", REVOCATIONS)
def test_nothing_is_minted_under_a_standing_revocation(bootstrapped, guests, revoked, kind):
    with revoked(kind, BOOTSTRAP_SESSION if kind == "session" else REVOCATIONS[kind]):
        with pytest.raises(BootstrapFailure, match="guest_token/ answered 400"):
            mint_for(bootstrapped, guests)
    assert mint_for(bootstrapped, guests)


def test_minting_goes_on_after_a_revocation_with_an_end(bootstrapped, guests, revoked):
    with revoked("tenant", "northside", expires=360):
        assert mint_for(bootstrapped, guests)


@pytest.mark.parametrize("kind", ["tenant", "dashboard", "all"])
def test_revocations_do_not_stop_the_bootstrap(bootstrapped, revoked, kind):
    with revoked(kind, REVOCATIONS[kind]):
        assert check_as_guest(bootstrapped) == f"left out: tokens are revoked ({kind})"


def test_disabled_tenants_tokens_are_refused_within_a_second(bootstrapped, guests, stack, second_passes):
    token = guests.token()
    assert guests.get(PATH, token).status_code == 200
    stack.query("embedstack", "UPDATE shared.tenants SET enabled = false WHERE key = 'northside'")
    try:
        second_passes()
        assert guests.get(PATH, token).status_code == 401
        assert check_as_guest(bootstrapped) == "left out: 'northside' is disabled"
        with pytest.raises(BootstrapFailure, match="guest_token/ answered 400"):
            mint_for(bootstrapped, guests)
    finally:
        stack.query("embedstack", "UPDATE shared.tenants SET enabled = true WHERE key = 'northside'")
        second_passes()
    # What was minted before stays refused; the tenant's next token is not.
    assert guests.get(PATH, token).status_code == 401
    assert status(guests) == 200
    stack.query("embedstack", "DELETE FROM shared.revocations WHERE kind = 'tenant_switch'")
    second_passes()


def test_enabling_a_tenant_lifts_no_revocation(guests, revoked, stack, second_passes):
    with revoked("tenant", "northside"):
        for enabled in (False, True):
            stack.query("embedstack", "UPDATE shared.tenants SET enabled = %s WHERE key = 'northside'", (enabled,))
        stack.query("embedstack", "DELETE FROM shared.revocations WHERE kind = 'tenant_switch'")
        second_passes()
        assert status(guests) == 401
    assert status(guests) == 200


def test_disabled_dashboards_tokens_are_refused_within_a_second(guests, stack, second_passes):
    token = guests.token()
    stack.query("embedstack", "UPDATE shared.dashboards SET enabled = false WHERE key = 'clinic'")
    try:
        second_passes()
        assert guests.get(PATH, token).status_code == 401
    finally:
        stack.query("embedstack", "UPDATE shared.dashboards SET enabled = true WHERE key = 'clinic'")
        second_passes()
    assert guests.get(PATH, token).status_code == 200


@pytest.mark.parametrize(
    ("identity", "store"),
    [
        ("nowhere/admin", {"kind": "shared", "database": "clinic", "schema": "clinic"}),
        ("northside/network", {"kind": "shared", "database": "clinic", "schema": "clinic"}),
        ("sydney-network/admin", {"kind": "schema", "database": "clinic", "schema": "network"}),
        ("northside/admin", {"kind": "schema", "database": "clinic", "schema": "clinic_manly"}),
        ("northside/admin", {"kind": "database", "database": "clinic_hurstville", "schema": "clinic"}),
        ("northside/admin", {"kind": "schema", "database": "clinic", "schema": "clinic"}),
    ],
)
def test_tenant_role_and_store_are_the_registrys(guests, identity, store):
    assert status(guests, identity, store=store) == 401


def test_unreadable_state_is_no_refusal(bootstrapped, guests, monkeypatch):
    from superset import security_manager

    away = SharedState(replace(bootstrapped.settings.shared_database, port=1))
    with bootstrapped.app.app_context():
        manager = security_manager._get_current_object()
    monkeypatch.setattr(manager, "_state", away)
    for answer in (guests.get(PATH, guests.token()), guests.chart("appointments_total", guests.token())):
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "10"
        assert answer.json == {"title": "Service Unavailable", "status": 503}
    assert guests.get(PATH, guests.token(secret="f" * 64)).status_code == 401
    monkeypatch.setattr(bootstrapped.app.config["GUEST_TOKEN_VALIDATOR_HOOK"], "_state", away)
    with pytest.raises(BootstrapFailure, match="guest_token/ answered 503"):
        mint_for(bootstrapped, guests)


def test_without_the_database_the_last_word_holds_for_ten_seconds_and_then_nobody_reads(bootstrapped, guests, stack, monkeypatch):
    from superset import security_manager

    clock = Clock()
    state = SharedState(bootstrapped.settings.shared_database, clock)
    with bootstrapped.app.app_context():
        manager = security_manager._get_current_object()
    monkeypatch.setattr(manager, "_state", state)
    token = guests.token()
    assert guests.chart("appointments_total", token).status_code == 200
    role = bootstrapped.settings.shared_database.username
    stack.query("embedstack", f"ALTER ROLE {role} NOLOGIN")
    try:
        clock.now += 9.9
        assert guests.get(PATH, token).status_code == 200
        assert guests.chart("appointments_total", token).status_code == 200
        clock.now += 1.1
        for answer in (guests.get(PATH, token), guests.chart("appointments_total", token)):
            assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    finally:
        stack.query("embedstack", f"ALTER ROLE {role} LOGIN")
    clock.now += 1.1
    assert guests.chart("appointments_total", token).status_code == 200


def test_issuers_tokens_are_revoked_alike(guests, revoked, issuer):
    import hashlib

    token = issuer.token()
    session = hashlib.sha256(f"{issuer.claims()['iss']}\nsomebody".encode()).hexdigest()
    for kind, value in (("session", session), ("tenant", "northside"), ("all", "*")):
        with revoked(kind, value):
            assert guests.get(PATH, token).status_code == 401
    with revoked("tenant", "northside", expires=360):
        assert guests.get(PATH, token).status_code == 401
        assert guests.get(PATH, issuer.token(iat=None)).status_code == 401
        assert guests.get(PATH, issuer.token(iat=int(time.time()) + 5)).status_code == 200


def test_one_token_of_an_issuer_is_revoked_by_its_id(guests, revoked, issuer):
    import hashlib

    named = hashlib.sha256(f"{issuer.claims()['iss']}\nstolen".encode()).hexdigest()
    with revoked("token", named, expires=360):
        assert guests.get(PATH, issuer.token(jti="stolen")).status_code == 401
        assert guests.get(PATH, issuer.token(jti="stolen", iat=int(time.time()) + 5)).status_code == 401
        assert guests.get(PATH, issuer.token(jti="another")).status_code == 200
        assert guests.get(PATH, issuer.token()).status_code == 200
    assert guests.get(PATH, issuer.token(jti="stolen")).status_code == 200
    for nameless in (7, "", "x" * 256):
        assert guests.get(PATH, issuer.token(jti=nameless)).status_code == 401


def test_issuers_token_that_lives_longer_than_revocations_is_refused_on_its_last_day(guests, issuer):
    now = int(time.time())
    assert guests.get(PATH, issuer.token(iat=now - 86_000, exp=now + 300)).status_code == 200
    assert guests.get(PATH, issuer.token(iat=now - 86_300, exp=now + 300)).status_code == 401


def test_issuers_token_loses_a_revoked_dashboard_alone(guests, revoked, issuer):
    token = issuer.token()
    with revoked("dashboard", "clinic"):
        assert guests.get(PATH, token).status_code == 200
        assert guests.chart("appointments_total", token).status_code == 403
    assert guests.chart("appointments_total", token).status_code == 200


def test_kinds_do_not_mix():
    revocations = Revocations({("tenant", "northside"): 100.0})
    assert revocations.reason("northside", "harbour", ["northside"], 50) is None
    assert revocations.reason("x", "northside", [], 100) == "tenant"
    assert revocations.reason("x", "northside", [], 100.5) is None
