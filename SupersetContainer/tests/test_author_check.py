"""An author's session ends soon after the person is no author any more."""

import json
import threading

import pytest

from embedstack.authors import check
from embedstack.authors.check import CHECK_SECONDS, GRACE_SECONDS, RETRY_SECONDS


@pytest.fixture
def server(bootstrapped):
    redis = bootstrapped.app.config["SESSION_REDIS"]
    for key in redis.keys(f"{check._PREFIX}*"):
        redis.delete(key)
    return redis


@pytest.fixture
def passes(server):
    """Makes what was noted of authors older."""

    def pass_(seconds):
        for key in server.keys(f"{check._PREFIX}*"):
            record = json.loads(server.get(key))
            record |= {"checked": record["checked"] - seconds, "asked": record["asked"] - seconds}
            server.set(key, json.dumps(record), keepttl=True)

    return pass_


def test_author_goes_on_and_keycloak_is_asked_once_in_a_while(author, keycloak, passes):
    author.sign_in()
    assert author.is_in and author.is_in
    assert keycloak.refreshes == 0
    for turn in (1, 2, 3):
        passes(CHECK_SECONDS)
        assert author.is_in and author.is_in
        assert keycloak.refreshes == turn


@pytest.mark.parametrize(
    "changes", [{"role": None}, {"role": []}, {"role": ["admin"]}, {"sub": "6a5c8a33-0000-4000-8000-00000000000f"}], ids=str
)
def test_person_who_is_no_author_any_more_is_out(author, keycloak, passes, server, changes):
    author.sign_in()
    keycloak.changes = changes
    assert author.is_in
    passes(CHECK_SECONDS)
    assert not author.is_in
    assert not server.keys(f"{check._PREFIX}*")
    keycloak.changes = {}
    assert not author.is_in


@pytest.mark.parametrize("changes", [{"iss": "http://elsewhere.example"}, {"aud": "app"}, {"azp": "app"}, {"exp": 1}], ids=str)
def test_token_that_proves_nothing_ends_the_session(author, keycloak, passes, changes):
    author.sign_in()
    keycloak.changes = changes
    passes(CHECK_SECONDS)
    assert not author.is_in


def test_session_that_ended_in_keycloak_ends_here(author, keycloak, passes):
    author.sign_in()
    keycloak.end_sessions()
    passes(CHECK_SECONDS)
    assert not author.is_in


def test_last_answer_holds_for_a_while_without_keycloak(author, keycloak, passes):
    author.sign_in()
    keycloak.answers = False
    passes(CHECK_SECONDS)
    assert author.is_in
    passes(GRACE_SECONDS - CHECK_SECONDS)
    assert not author.is_in


def test_keycloak_that_comes_back_in_time_is_asked_again(author, keycloak, passes):
    author.sign_in()
    keycloak.answers = False
    passes(CHECK_SECONDS)
    assert author.is_in
    keycloak.answers = True
    passes(RETRY_SECONDS)
    assert author.is_in
    passes(GRACE_SECONDS - CHECK_SECONDS - RETRY_SECONDS)
    assert author.is_in
    assert keycloak.refreshes == 2


def test_parallel_requests_use_the_refresh_token_once(author, keycloak, passes, bootstrapped):
    """Also after a long pause, when nobody is covered by the last answer."""
    author.sign_in()
    cookie = author._client.get_cookie("embedstack_superset", domain="authors.localhost").value
    passes(GRACE_SECONDS + CHECK_SECONDS)
    seen = []

    def ask():
        client = bootstrapped.app.test_client(use_cookies=False)
        headers = {**author._headers, "Cookie": f"embedstack_superset={cookie}"}
        seen.append(client.get("/api/v1/me/", headers=headers).status_code)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert seen == [200] * 8
    assert keycloak.refreshes == 1


def test_failed_sign_in_leaves_no_session(author, keycloak):
    author.sign_in()
    _, query = begin_again(author)
    assert author.finish(query, "x.y.z").status_code == 400
    assert not author.is_in


def test_sign_in_of_somebody_who_is_no_author_leaves_no_session(author, keycloak):
    author.sign_in()
    _, query = begin_again(author)
    claims = keycloak.claims(nonce=query["nonce"], role=["admin"])
    assert author.finish(query, keycloak.sign(claims)).status_code == 403
    assert not author.is_in


def begin_again(author):
    """Another sign-in that was begun in the same browser before the first one ended."""
    with author._client.session_transaction(base_url="http://authors.localhost:5182") as session:
        kept = dict(session)
    other = type(author)(author.context, author._keycloak)
    location, query = other.begin()
    with other._client.session_transaction(base_url="http://authors.localhost:5182") as session:
        begun = {name: value for name, value in session.items() if name.startswith("_state_")}
    with author._client.session_transaction(base_url="http://authors.localhost:5182") as session:
        session.update({**kept, **begun})
    return location, query


def test_sign_out_forgets_what_was_noted(author, server):
    author.sign_in()
    assert server.keys(f"{check._PREFIX}*")
    author.get("/logout/")
    assert not server.keys(f"{check._PREFIX}*")


def test_answer_without_a_refresh_token_opens_nothing(author, keycloak, monkeypatch):
    plain = keycloak._tokens
    monkeypatch.setattr(keycloak, "_tokens", lambda id_token: {**plain(id_token), "refresh_token": None})
    assert author.sign_in().status_code == 400
    assert not author.is_in
