import time

import jwt
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


def test_guest_reads_the_rows_of_its_tenant(guests):
    for tenant in ("northside", "harbour"):
        assert guests.count(guests.token(f"{tenant}/admin"), force=True) == guests.rows_of(tenant) > 0


def test_cached_answers_stay_with_their_tenant(guests):
    order = ["northside", "harbour", "northside", "harbour"]
    answers = [guests.count(guests.token(f"{tenant}/admin")) for tenant in order]
    assert answers == [guests.rows_of(tenant) for tenant in order]


def test_rule_for_another_tenant_answers_nothing(guests):
    token = guests.token(rules=[guests.rule("harbour")])
    assert guests.count(token, force=True) == 0


def test_dataset_without_a_rule_answers_nothing(guests):
    assert guests.count(guests.token(rules=[]), force=True) == 0
    elsewhere = [{"dataset": guests.dataset_id + 1, "clause": "1 = 1"}]
    assert guests.count(guests.token(rules=elsewhere), force=True) == 0


def test_cached_rows_are_not_given_to_a_token_with_the_same_rule_of_another_identity(guests):
    everything = [{"dataset": guests.dataset_id, "clause": "1 = 1"}]
    own = guests.count(guests.token("northside/admin", rules=everything))
    other = guests.count(guests.token("harbour/admin", rules=everything))
    assert (own, other) == (guests.rows_of("northside"), guests.rows_of("harbour"))


def test_cached_rows_stay_with_their_identity_whatever_keys_superset_adds(guests):
    from superset.extensions import feature_flag_manager

    everything = [{"dataset": guests.dataset_id, "clause": "2 = 2"}]
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(feature_flag_manager._feature_flags, "CACHE_QUERY_BY_USER", False)
        counts = [guests.count(guests.token(f"{name}/admin", rules=everything)) for name in ("northside", "harbour")]
    assert counts == [guests.rows_of("northside"), guests.rows_of("harbour")]


def test_clinician_reads_own_rows_only(guests, stack):
    sql = "SELECT count(*) FROM clinic.appointments WHERE tenant_id = 'northside' AND staff_id = 'n-1'"
    rules = [guests.rule("northside")]
    stack.query("embedstack", "INSERT INTO shared.entitlements (dashboard_key, role) VALUES ('clinic', 'clinician')")
    try:
        token = guests.token("northside/clinician/n-1", rules=rules)
        assert guests.count(token) == stack.query("clinic", sql)[0][0] > 0
    finally:
        delete = "DELETE FROM shared.entitlements WHERE (dashboard_key, role) = ('clinic', 'clinician')"
        stack.query("embedstack", delete)


@pytest.mark.parametrize(
    "forgery",
    [
        {"secret": "f" * 64},
        {"aud": "elsewhere"},
        {"exp": time.time() - 10},
        {"type": "access"},
        {"assertion": {"identity": "harbour/admin"}},
        {"assertion": {"rules_sha256": "0" * 64}},
        {"assertion": {"exp": int(time.time()) - 120}},
        {"assertion": {"dashboards": ["5d3c0b1a-8c55-4a5e-9d0e-6f1f1f7d2b11"]}},
        {"user": {"username": "northside/admin"}},
        {"user": {"username": "northside/admin", "first_name": "northside", "last_name": "x.y.z"}},
        {"resources": [{"type": "dashboard", "id": "1"}]},
        {"resources": [{"type": "dashboard", "id": 1}]},
        {"resources": []},
        {"rls_rules": []},
        {"rls_rules": [{"clause": "1 = 1"}]},
        {"user": "northside/admin"},
        {"resources": "all"},
    ],
)
def test_forged_token_is_unauthorized(guests, forgery):
    answer = guests.chart("appointments_total", guests.token(**forgery))
    assert answer.status_code == 401
    assert "result" not in (answer.json or {})


def test_token_of_another_algorithm_is_unauthorized(guests):
    claims = jwt.decode(guests.token(), options={"verify_signature": False})
    for algorithm, key in (("none", None), ("HS384", guests.settings.guest_token_secret.current)):
        token = jwt.encode(claims, key, algorithm=algorithm)
        assert guests.get("/api/v1/me/roles/", token).status_code == 401


def test_no_token_is_unauthorized(guests):
    for path in ("/api/v1/me/roles/", "/api/v1/dashboard/", "/api/v1/chart/", "/api/v1/dataset/"):
        assert guests.get(path, None).status_code == 401


def test_guest_token_signed_with_the_previous_secret_lives_on(guests, stack):
    path = stack.environment["GUEST_TOKEN_JWT_SECRET_FILE"]
    old = guests.token()
    with open(path, encoding="utf-8") as file:
        secret = file.read().strip()
    try:
        with open(path, "w", encoding="utf-8") as file:
            file.write("n" * 64 + "\n" + secret + "\n")
        assert guests.get("/api/v1/me/roles/", old).status_code == 200
        assert guests.get("/api/v1/me/roles/", guests.token()).status_code == 200
        with open(path, "w", encoding="utf-8") as file:
            file.write("n" * 64 + "\n")
        assert guests.get("/api/v1/me/roles/", old).status_code == 401
    finally:
        with open(path, "w", encoding="utf-8") as file:
            file.write(secret + "\n")


def test_tier_decides_what_a_guest_may(guests):
    def may(tier):
        answer = guests.get("/api/v1/me/roles/", guests.token(assertion={"tier": tier}))
        return {name for rows in answer.json["result"]["roles"].values() for name, _ in rows}

    assert may(["view"]) == {"can_read", "can_time_range"}
    assert "can_csv" in may(["view", "export"])
    assert "can_drill" not in may(["view", "table", "export"])


def test_guest_sees_no_lists_of_others(guests):
    token = guests.token()
    for path in ("/api/v1/dataset/", "/api/v1/database/", "/api/v1/security/roles/"):
        assert guests.get(path, token).status_code == 404


def test_guest_leaves_neither_session_nor_cookie(guests, bootstrapped):
    redis = bootstrapped.app.config["SESSION_REDIS"]
    before = set(redis.keys("superset:session:*"))
    answer = guests.chart("appointments_total", guests.token())
    assert "Set-Cookie" not in answer.headers
    assert set(redis.keys("superset:session:*")) == before


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(identity=st.text(max_size=40), first=st.text(max_size=10))
def test_no_identity_but_the_asserted_one_gets_in(guests, identity, first):
    user = {"username": identity, "first_name": first, "last_name": guests.token().split(".")[1]}
    assert guests.get("/api/v1/me/roles/", guests.token(user=user)).status_code == 401
