"""Entitlements that change while Superset runs decide what guests see, the Api's and an issuer's."""

from contextlib import contextmanager

import pytest
from psycopg2.extras import Json

from embedstack.bootstrap.failure import BootstrapFailure
from embedstack.bootstrap.handshake import mint
from embedstack.bootstrap.self_check import check_as_guest
from embedstack.security.identity import DataIdentity
from embedstack.security.store import Store
from embedstack.shared.entitlements import Entitlement, Entitlements

PATH = "/api/v1/me/roles/"


def entitled(conditions, tenant="*", role="admin", **attributes):
    return Entitlement("clinic", role, tenant, conditions).opens_to("northside", "admin", attributes)


@pytest.mark.parametrize(
    ("conditions", "attributes", "opens"),
    [
        ({}, {}, True),
        ({}, {"region": "nsw"}, True),
        ({"region": ["nsw", "vic"]}, {"region": "vic"}, True),
        ({"region": ["nsw"]}, {"region": "vic"}, False),
        ({"region": ["nsw"]}, {}, False),
        ({"region": ["nsw"], "department": ["cardiology"]}, {"region": "nsw", "department": "cardiology"}, True),
        ({"region": ["nsw"], "department": ["cardiology"]}, {"region": "nsw"}, False),
        ({"region": []}, {"region": "nsw"}, False),
        ({"region": "nsw"}, {"region": "nsw"}, False),
        ({"region": "nsw"}, {"region": "n"}, False),
        ({"region": [None]}, {}, False),
        ({"region": {"nsw": True}}, {"region": "nsw"}, False),
        ([], {}, False),
        ("", {}, False),
        (None, {}, False),
    ],
)
def test_conditions_ask_one_value_for_every_name(conditions, attributes, opens):
    assert entitled(conditions, **attributes) == opens


def test_tenant_and_role_are_the_entitlements():
    assert entitled({}, tenant="northside")
    assert not entitled({}, tenant="harbour")
    assert not entitled({}, role="staff")


def test_disabled_dashboard_is_nobodys():
    entries = [Entitlement(key, "admin", "*", {}) for key in ("clinic", "revenue")]
    assert Entitlements(entries, frozenset({"clinic"})).dashboards("northside", "admin", {}) == {"revenue"}


@pytest.fixture
def changed(stack, second_passes):
    """Who may see dashboard `clinic`, for the length of a block."""

    @contextmanager
    def change(*rows, enabled=True):
        write(stack, rows, enabled)
        try:
            second_passes()
            yield
        finally:
            write(stack, [("admin", "*", {})], True)
            second_passes()

    return change


def write(stack, rows, enabled):
    stack.query("embedstack", "UPDATE shared.dashboards SET enabled = %s WHERE key = 'clinic'", (enabled,))
    stack.query("embedstack", "DELETE FROM shared.entitlements WHERE dashboard_key = 'clinic'")
    for role, tenant, conditions in rows:
        sql = "INSERT INTO shared.entitlements VALUES ('clinic', %s, %s, %s)"
        stack.query("embedstack", sql, (role, tenant, Json(conditions)))


def sees(guests, token):
    status = guests.chart("appointments_total", token).status_code
    assert status in (200, 403)
    return status == 200


def test_issuers_guest_loses_what_its_role_loses(guests, issuer, changed):
    token = issuer.token()
    assert sees(guests, token)
    with changed():
        assert not sees(guests, token)
    with changed(("admin", "*", {}), enabled=False):
        assert not sees(guests, token)
    assert sees(guests, token)


def test_issuers_guest_gains_what_its_role_gains(guests, issuer, changed):
    token = issuer.token(role="staff")
    assert not sees(guests, token)
    with changed(("staff", "*", {})):
        assert sees(guests, token)


def test_entitlement_of_one_tenant_is_for_no_other(guests, issuer, changed):
    with changed(("admin", "harbour", {})):
        assert not sees(guests, issuer.token())
        assert sees(guests, issuer.token(tenant_id="harbour"))


def test_conditions_are_held_against_the_tokens_claims(guests, issuer, changed):
    with changed(("admin", "*", {"region": ["nsw"], "department": ["cardiology", "surgery"]})):
        assert sees(guests, issuer.token(region="nsw", department="surgery"))
        assert not sees(guests, issuer.token(region="vic", department="surgery"))
        assert not sees(guests, issuer.token(region="nsw"))
        assert not sees(guests, issuer.token())


def status(guests, identity="northside/admin", token=None, **assertion):
    return guests.get(PATH, token or guests.token(identity, assertion=assertion)).status_code


@pytest.mark.parametrize("left", [(), (("staff", "*", {}),), (("admin", "harbour", {}),)])
def test_tokens_that_the_api_minted_end_with_the_entitlement(guests, changed, left):
    token = guests.token()
    assert status(guests, token=token) == 200
    with changed(*left):
        assert status(guests, token=token) == 401
        assert status(guests) == 401
        assert guests.chart("appointments_total", token).status_code == 401
    assert status(guests, token=token) == 200


def test_conditions_are_held_against_the_assertions_attributes(guests, changed):
    with changed(("admin", "*", {"region": ["nsw"]})):
        assert status(guests, attributes={"region": "nsw"}) == 200
        assert status(guests, attributes={"region": "vic"}) == 401
        assert status(guests) == 401


def test_what_was_opened_a_moment_ago_counts_for_a_token_that_was_signed_since(guests, stack, second_passes):
    assert status(guests, "northside/staff") == 401
    write(stack, [("admin", "*", {}), ("staff", "*", {})], True)
    try:
        assert status(guests, "northside/staff") == 200
    finally:
        write(stack, [("admin", "*", {})], True)
        second_passes()


def test_nothing_is_minted_that_nobody_is_entitled_to(bootstrapped, guests, changed):
    identity, store = DataIdentity("northside", "admin"), Store("shared", "clinic", "clinic")
    with changed(("staff", "*", {})):
        with pytest.raises(BootstrapFailure, match="guest_token/ answered 400"):
            mint(bootstrapped, identity, store, guests.dashboard.embedded_uuid, [guests.rule("northside")])
        assert check_as_guest(bootstrapped) == "left out: 'clinic' is not for administrators of 'northside'"


def test_dashboard_that_the_api_has_not_met_is_nobodys():
    assert not Entitlements().open_to(["clinic"], "northside", "admin", {})
    assert Entitlements(known=frozenset({"clinic"})).met(["clinic", "other"]) == {"clinic"}


def test_dashboard_that_the_api_has_not_met_is_the_bootstraps_alone(guests, stack, second_passes):
    stack.query("embedstack", "DELETE FROM shared.dashboards WHERE key = 'clinic'")
    second_passes()
    try:
        assert status(guests, sid="bootstrap") == 200
        assert status(guests) == 401
    finally:
        stack.query("embedstack", "INSERT INTO shared.dashboards (key) VALUES ('clinic')")
        write(stack, [("admin", "*", {})], True)
        second_passes()
