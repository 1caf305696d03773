"""Authors come by Keycloak alone; what does not prove an author opens nothing."""

import base64
import hmac
import json
import time
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from support.author import ORIGIN, Author
from support.keycloak import CLIENT, ISSUER

from embedstack.authors import session as author_session
from embedstack.authors.return_address import START, return_path
from embedstack.security.roles import AUTHOR_ROLE, ROLE_PERMISSIONS

TOLD = "X-EmbedStack-Author"


def sign_by_hand(claims, key):
    """HS256 under any bytes: PyJWT would not take a public key for it."""
    header = {"alg": "HS256", "kid": "first", "typ": "JWT"}
    signed = ".".join(base64url(json.dumps(part).encode()) for part in (header, claims))
    return f"{signed}.{base64url(hmac.digest(key, signed.encode(), 'sha256'))}"


def base64url(content):
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def test_sign_in_asks_for_a_code_with_pkce_and_comes_back_to_one_address(author):
    location, query = author.begin()
    assert location.startswith(f"{ISSUER}/protocol/openid-connect/auth?")
    assert (query["client_id"], query["response_type"], query["code_challenge_method"]) == (CLIENT, "code", "S256")
    assert query["redirect_uri"] == f"{ORIGIN}/oauth-authorized/keycloak"
    assert query["state"] and query["nonce"] and "openid" in query["scope"].split()


def test_author_is_let_in_and_told_of(author):
    answer = author.sign_in("/login/?next=/explore/?slice_id=1")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/explore/?slice_id=1")
    told = json.loads(answer.headers[TOLD])
    assert told == {"kind": "sign_in", "subject": "6a5c8a33-0000-4000-8000-000000000001", "tenant": "northside", "refusal": None}
    assert author.is_in
    roles = author.get("/api/v1/me/roles/").json["result"]["roles"]
    assert list(roles) == [AUTHOR_ROLE]


def test_author_gets_a_session_that_nobody_can_have_known(author):
    author.begin()
    before = author._client.get_cookie("embedstack_superset", domain="authors.localhost").value
    author.sign_in()
    after = author._client.get_cookie("embedstack_superset", domain="authors.localhost")
    assert after.value != before
    assert (after.http_only, after.same_site) == (True, "Lax")


@pytest.mark.parametrize("line", [0, 1])
def test_author_signs_in_while_the_clients_secret_rotates(author, keycloak, stack, line):
    path = Path(stack.environment["AUTHOR_CLIENT_SECRET_FILE"])
    before = path.read_text(encoding="utf-8")
    values = [before.strip(), "n" * 48]
    try:
        path.write_text("\n".join(values) + "\n", encoding="utf-8")
        keycloak.secret = values[line]
        assert author.sign_in().status_code == 302
        assert author.is_in
    finally:
        path.write_text(before, encoding="utf-8")


@pytest.mark.parametrize("role", [None, [], ["admin"], "author", ["authors"], {"author": True}])
def test_who_is_no_author_is_refused_with_a_page_that_says_so(author, role):
    answer = author.sign_in(role=role)
    assert answer.status_code == 403
    assert "Ada Whitfield does not have the role for it" in answer.text
    assert json.loads(answer.headers[TOLD])["refusal"] == "not-an-author"
    assert not author.is_in


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "http://localhost:5183/realms/master"},
        {"iss": None},
        {"aud": "embedstack-api"},
        {"aud": None},
        {"azp": "embedstack-api"},
        {"azp": None},
        {"nonce": "another"},
        {"nonce": None},
        {"exp": 1},
        {"exp": None},
        {"sub": None},
    ],
    ids=str,
)
def test_token_for_others_or_of_another_time_opens_nothing(author, changes):
    assert author.sign_in(**changes).status_code == 400
    assert not author.is_in


@pytest.mark.parametrize("forge", ["none", "public key", "stranger", "altered"])
def test_token_that_keycloak_did_not_sign_opens_nothing(author, keycloak, forge):
    _, query = author.begin()
    claims = keycloak.claims(nonce=query["nonce"])
    public = keycloak.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    token = {
        "none": lambda: jwt.encode(claims, None, algorithm="none", headers={"kid": "first"}),
        "public key": lambda: sign_by_hand(claims, public),
        "stranger": lambda: jwt.encode(claims, keycloak.stranger, algorithm="RS256", headers={"kid": "first"}),
        "altered": lambda: keycloak.sign(claims)[:-8] + "AAAAAAAA",
    }[forge]()
    assert author.finish(query, token).status_code == 400
    assert not author.is_in


@pytest.mark.parametrize(
    "changes", [{"iss": None}, {"iss": "http://elsewhere.example"}, {"state": "x"}, {"state": None}, {"code": "x"}], ids=str
)
def test_answer_that_was_not_asked_for_opens_nothing(author, keycloak, changes):
    _, query = author.begin()
    assert author.finish(query, keycloak.sign(keycloak.claims(nonce=query["nonce"])), **changes).status_code == 400
    assert not author.is_in


def test_answer_serves_one_browser_once(author, bootstrapped, keycloak):
    _, query = author.begin()
    other = Author(bootstrapped, keycloak)
    id_token = keycloak.sign(keycloak.claims(nonce=query["nonce"]))
    assert other.finish(query, id_token).status_code == 400
    assert author.finish(query, id_token).status_code == 302
    assert author.finish(query, id_token).status_code == 400


def test_name_of_the_service_account_is_just_a_name(author, bootstrapped):
    username = bootstrapped.settings.service_account_username
    author.sign_in(preferred_username=username, sub="6a5c8a33-0000-4000-8000-000000000002")
    assert author.get("/api/v1/me/").json["result"]["username"] == "keycloak:6a5c8a33-0000-4000-8000-000000000002"


def test_closed_account_stays_out(author, bootstrapped):
    author.sign_in(sub="6a5c8a33-0000-4000-8000-000000000003")
    assert author.is_in
    with bootstrapped.app.app_context():
        from superset import security_manager
        from superset.extensions import db

        security_manager.find_user("keycloak:6a5c8a33-0000-4000-8000-000000000003").active = False
        db.session.commit()
    assert not author.is_in
    assert author.sign_in(sub="6a5c8a33-0000-4000-8000-000000000003").status_code == 403


def test_session_ends_however_busy_it_was(author, monkeypatch):
    author.sign_in()
    late = time.time() + author_session.SESSION_SECONDS
    monkeypatch.setattr(author_session.time, "time", lambda: late - 60)
    assert author.is_in
    monkeypatch.setattr(author_session.time, "time", lambda: late + 60)
    assert not author.is_in


def test_sign_out_ends_both_sessions(author):
    author.sign_in()
    answer = author.get("/logout/")
    query = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert answer.headers["Location"].startswith(f"{ISSUER}/protocol/openid-connect/logout?")
    assert query["post_logout_redirect_uri"] == [f"{ORIGIN}/login/"]
    assert len(query["id_token_hint"][0].split(".")) == 3
    assert json.loads(answer.headers[TOLD])["kind"] == "sign_out"
    assert not author.is_in


def test_page_that_an_author_may_not_see_ends_at_the_list(author):
    author.sign_in()
    assert author.get("/login/?next=/databaseview/list/").headers["Location"] == START


def test_authors_cookie_beside_a_guests_token_gives_the_guest(author, guests):
    author.sign_in()
    token = guests.token(assertion={"tier": ["view"]})
    roles = author.get("/api/v1/me/roles/", **{"X-GuestToken": token}).json["result"]["roles"]
    assert list(roles) == ["EmbedViewer"]


def test_authors_have_no_password_and_passwords_open_no_session(author, bootstrapped):
    author.sign_in()
    username = author.get("/api/v1/me/").json["result"]["username"]
    visitor = Author(bootstrapped, None)
    for password in ("!", "x", " "):
        body = {"username": username, "password": password, "provider": "db"}
        assert visitor.post("/api/v1/security/login", json=body).status_code == 401
    settings = bootstrapped.settings
    form = {"username": settings.service_account_username, "password": settings.service_account_password.current}
    assert visitor.post("/login/", data=form).status_code == 405
    assert not visitor.is_in


def test_author_owns_what_there_is(author, bootstrapped):
    author.sign_in()
    author.get("/logout/")
    author.sign_in()
    with bootstrapped.app.app_context():
        from superset import security_manager
        from superset.extensions import db
        from superset.models.dashboard import Dashboard
        from superset.models.slice import Slice

        user = security_manager.find_user("keycloak:6a5c8a33-0000-4000-8000-000000000001")
        for model in (Slice, Dashboard):
            stored = db.session.query(model).all()
            assert stored
            assert all(item.owners.count(user) == 1 for item in stored)


def test_kept_answers_of_authors_go_by_the_tenant_and_guests_do_not(app, guests, monkeypatch):
    from superset import security_manager
    from superset.connectors.sqla.models import SqlaTable
    from superset.extensions import db

    dataset = db.session.get(SqlaTable, guests.dataset_id)
    plain = security_manager.get_rls_cache_key(dataset)
    monkeypatch.setattr("embedstack.authors.manager.current_author", lambda: object())
    assert security_manager.get_rls_cache_key(dataset) == [*plain, "author of northside"]


@pytest.mark.parametrize(
    "permission",
    [
        ("can_sqllab", "Superset"),
        ("can_execute_sql_query", "SQLLab"),
        ("can_read", "SQLLab"),
        ("can_write", "Database"),
        ("can_read", "Database"),
        ("can_upload", "Database"),
        ("can_write", "Dataset"),
        ("can_get_or_create_dataset", "Dataset"),
        ("can_grant_guest_token", "SecurityRestApi"),
        ("can_write", "User"),
        ("can_import_", "ImportExportRestApi"),
        ("all_database_access", "all_database_access"),
    ],
)
def test_authors_role_stops_at_charts_and_dashboards(permission):
    assert permission not in ROLE_PERMISSIONS[AUTHOR_ROLE]


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ("/explore/?slice_id=1", "/explore/?slice_id=1"),
        (f"{ORIGIN}/superset/dashboard/clinic/", "/superset/dashboard/clinic/"),
        (None, START),
        ("", START),
        ("/", START),
        ("http://elsewhere.example/x", START),
        ("//elsewhere.example/x", START),
        ("/\\elsewhere.example", START),
        ("javascript:alert(1)", START),
        ("http://authors.localhost:5182.elsewhere.example/", START),
        ("/logout/", START),
        ("http://[", START),
    ],
)
def test_author_goes_on_to_this_origin_alone(asked, path):
    assert return_path(asked, ORIGIN) == path
