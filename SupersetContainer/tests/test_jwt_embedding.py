"""An issuer's tokens, on real Superset: who becomes a guest, and what that guest sees."""

import time
from dataclasses import replace

import pytest
from support.host import CHART, HAS_ACCESS, PLACES, PROTECTED, check_refused
from support.issuer import new_key


@pytest.mark.parametrize("place", PLACES)
def test_guest_reads_the_rows_of_its_tenant_cold_and_cached(host, issuer, place):
    for tenant in ("northside", "harbour", "northside", "harbour"):
        assert host.count(issuer.token(tenant_id=tenant), place) == host.guests.rows_of(tenant) > 0
        assert host.count(issuer.token(tenant_id=tenant), place, force=True) == host.guests.rows_of(tenant)


def test_token_in_the_export_form_is_the_pages_way(host, issuer):
    import json

    form = {"form_data": json.dumps(host.guests.stored_query(CHART)), "guest_token": issuer.token()}
    client = host.guests.context.app.test_client(use_cookies=False)
    answer = client.post("/api/v1/chart/data", data=form, headers=host.guests.headers(None, {}))
    assert answer.status_code == 200
    form["guest_token"] = issuer.token(aud="elsewhere")
    check_refused(client.post("/api/v1/chart/data", data=form, headers=host.guests.headers(None, {})))


@pytest.mark.parametrize("tenant", ["manly", "hurstville"])
def test_tenants_store_is_looked_up(host, issuer, stack, tenant):
    database, table = {
        "manly": ("clinic", "clinic_manly.appointment_facts"),
        "hurstville": ("clinic_hurstville", "clinic.appointment_facts"),
    }[tenant]
    expected = stack.query(database, f"SELECT count(*) FROM {table}")[0][0]
    assert host.count(issuer.token(tenant_id=tenant)) == expected > 0


def test_guest_has_the_data_identity_and_the_roles_permissions(host, issuer):
    def result(**claims):
        return host.get(PROTECTED, PLACES["Authorization"](issuer.token(**claims))).json["result"]

    def may(**claims):
        return {name for rows in result(**claims)["roles"].values() for name, _ in rows}

    assert result(role="clinician", staff_id="northside-01")["username"] == "northside/clinician/northside-01"
    assert {"can_csv", "can_drill", "can_view_chart_as_table"} <= may()
    assert not {"can_csv", "can_drill"} & may(role="staff")
    assert "can_csv" not in may(role="clinician", staff_id="northside-01")


def test_permissions_only_take_away(host, issuer):
    def may(**claims):
        answer = host.get(PROTECTED, PLACES["X-GuestToken"](issuer.token(**claims)))
        return {name for rows in answer.json["result"]["roles"].values() for name, _ in rows}

    assert may(permissions=["view"]) == {"can_read", "can_time_range"}
    assert "can_csv" in may(permissions=["view", "export"])
    assert "can_csv" not in may(role="staff", permissions=["view", "table", "export", "drill", "everything"])
    check_refused(host.get(PROTECTED, PLACES["X-GuestToken"](issuer.token(permissions=["export"]))))
    check_refused(host.get(PROTECTED, PLACES["X-GuestToken"](issuer.token(permissions=[]))))


def test_datasets_of_the_token_are_all_that_answer(host, issuer):
    assert host.count(issuer.token(dataset_ids=["appointments", "nothing"])) == host.guests.rows_of("northside")
    for datasets in ([], ["revenue"]):
        answer = host.chart(issuer.token(dataset_ids=datasets))
        assert answer.status_code == 403
        assert "result" not in answer.json


def test_dashboards_of_the_role_are_the_tokens(host, issuer):
    path = f"/api/v1/dashboard/{host.guests.dashboard_id}"
    assert host.get(path, PLACES["X-GuestToken"](issuer.token())).status_code == 200
    network = issuer.token(tenant_id="sydney-network", role="network")
    assert host.get(path, PLACES["X-GuestToken"](network)).status_code in (403, 404)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "change",
    [
        {"iss": "https://id.elsewhere.example"},
        {"iss": None, "tenant_id": "northside"},
        {"aud": "elsewhere"},
        {"aud": None},
        {"exp": int(time.time()) - 60},
        {"exp": None},
        {"exp": "soon"},
        {"nbf": int(time.time()) + 3600},
        {"iat": int(time.time()) + 3600},
        {"kid": "unknown"},
        {"kid": None},
        {"kid": "../../dev/null"},
        {"kid": "http://127.0.0.1:1/keys"},
        {"kid": "k" * 257},
        {"headers": {"crit": ["exp"]}},
        {"headers": {"crit": []}},
        {"tenant_id": None},
        {"tenant_id": "nowhere"},
        {"tenant_id": ["northside"]},
        {"tenant_id": "northside/admin"},
        {"tenant_id": "northside' OR 1=1 --"},
        {"tenant_id": "northside -c app.role=network"},
        {"role": None},
        {"role": "owner"},
        {"role": ["admin"]},
        {"role": "network"},
        {"tenant_id": "sydney-network", "role": "admin"},
        {"role": "clinician"},
        {"role": "clinician", "staff_id": "a' OR 'a'='a"},
        {"role": "clinician", "staff_id": "ä"},
        {"permissions": "view"},
        {"dataset_ids": "appointments"},
        {"dataset_ids": [1]},
        {"region": "north'"},
        {"department": 7},
        {"cost_center": ""},
    ],
    ids=str,
)
def test_token_that_is_not_right_is_refused(host, issuer, place, change):
    headers = PLACES[place](issuer.token(**change))
    check_refused(host.get(PROTECTED, headers))
    check_refused(host.get(HAS_ACCESS, headers))
    check_refused(host.chart(issuer.token(**change), place))


def test_two_tokens_in_one_request_are_refused(host, issuer):
    northside, harbour = issuer.token(), issuer.token(tenant_id="harbour")
    both = {"X-GuestToken": northside, "Authorization": f"Bearer {harbour}"}
    check_refused(host.get(PROTECTED, both))
    check_refused(host.get(PROTECTED, {"X-GuestToken": host.guests.token(), "Authorization": f"Bearer {harbour}"}))
    check_refused(host.get(PROTECTED, {"Authorization": f"Bearer {northside}, Bearer {harbour}"}))
    assert host.get(PROTECTED, {"X-GuestToken": northside, "Authorization": f"Bearer {northside}"}).status_code == 200


def test_disabled_tenant_is_refused_within_a_second(host, issuer, stack, second_passes):
    assert host.chart(issuer.token(tenant_id="harbour")).status_code == 200
    stack.query("embedstack", "UPDATE shared.tenants SET enabled = false WHERE key = 'harbour'")
    try:
        second_passes()
        check_refused(host.chart(issuer.token(tenant_id="harbour")))
    finally:
        stack.query("embedstack", "UPDATE shared.tenants SET enabled = true WHERE key = 'harbour'")
        second_passes()


def test_new_key_is_accepted_without_a_restart(host, issuer, bootstrapped, monkeypatch):
    from superset import security_manager

    with bootstrapped.app.app_context():
        keys = security_manager._issuers_guests._verifier._jwks
    monkeypatch.setattr(keys, "_attempted", float("-inf"))
    issuer.keys["second"] = new_key()
    try:
        assert host.count(issuer.token(kid="second")) == host.guests.rows_of("northside")
    finally:
        del issuer.keys["second"]


def test_keys_and_tenants_that_cannot_be_read_are_no_refusal(host, issuer, bootstrapped, monkeypatch):
    from superset import security_manager

    from embedstack.security.embedding.jwks import Jwks
    from embedstack.shared.state import SharedState

    with bootstrapped.app.app_context():
        guests = security_manager._issuers_guests
    away = replace(bootstrapped.settings.shared_database, port=1)
    for owner, name, part in (
        (guests._verifier, "_jwks", Jwks("http://127.0.0.1:1/keys")),
        (guests, "_state", SharedState(away)),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(owner, name, part)
            answer = host.chart(issuer.token())
            assert answer.status_code == 503
            assert answer.headers["Retry-After"] == "10"
            assert answer.json == {"title": "Service Unavailable", "status": 503}
    assert host.chart(issuer.token()).status_code == 200


def test_stock_guest_token_without_an_assertion_stays_refused(host):
    user = {"username": "northside/admin", "first_name": "northside", "last_name": ""}
    answer = host.get(PROTECTED, {"X-GuestToken": host.guests.token(user=user)})
    assert answer.status_code == 401


def test_session_beside_the_bearer_token_does_not_count(host, issuer):
    """A signed-in author's cookie and northside's token: the answer is northside's."""
    with host.guests.author() as client:
        ingress = host.guests.headers(None)
        assert client.get("/api/v1/me/", headers=ingress).json["result"]["username"] == "author"
        bearer = {**ingress, **PLACES["Authorization"](issuer.token())}
        assert client.get(PROTECTED, headers=bearer).json["result"]["username"] == "northside/admin"
        stale = {**ingress, **PLACES["Authorization"](issuer.token(exp=int(time.time()) - 60))}
        check_refused(client.get(PROTECTED, headers=stale))
