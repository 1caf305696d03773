import re

import pytest


def test_page_may_be_framed_by_the_configured_origins_only(guests, bootstrapped):
    origin = bootstrapped.settings.host_origins[0]
    path = f"/embedded/{guests.dashboard.embedded_uuid}"
    answer = guests.get(path, None, Referer=f"{origin}/")
    assert answer.status_code == 200
    policy = answer.headers["Content-Security-Policy"]
    assert f"frame-ancestors {origin};" in policy + ";"
    assert "*" not in policy and "http://" not in policy.replace(origin, "")
    assert "X-Frame-Options" not in answer.headers
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("part", ["activeTabs", "embedstack.refused"])
def test_page_draws_a_permalinks_tab_and_tells_its_host_what_is_refused(guests, bootstrapped, part):
    path = f"/embedded/{guests.dashboard.embedded_uuid}"
    answer = guests.get(path, None, Referer=f"{bootstrapped.settings.host_origins[0]}/")
    [nonce] = set(re.findall(r"'nonce-([^']+)'", answer.headers["Content-Security-Policy"]))
    [script] = [one for one in re.findall(r'<script nonce="([^"]+)">(.*?)</script>', answer.text, re.S) if part in one[1]]
    assert script[0] == nonce
    assert part not in guests.get("/login/", None).text


def test_page_is_refused_to_other_hosts(guests):
    path = f"/embedded/{guests.dashboard.embedded_uuid}"
    assert guests.get(path, None, Referer="http://evil.example/").status_code == 403
    assert guests.get(path, None).status_code == 403
    assert guests.get("/embedded/5d3c0b1a-8c55-4a5e-9d0e-6f1f1f7d2b11", None).status_code == 404


def test_nothing_answers_without_the_header_secret(bootstrapped):
    client = bootstrapped.app.test_client()
    assert client.get("/health").status_code == 200
    for path in ("/login/", "/api/v1/security/login", "/static/service-worker.js", "/swagger/v1"):
        assert client.get(path).status_code == 404


def test_session_cookie_follows_the_production_list(guests):
    answer = guests.get("/login/", None)
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("embedstack_superset=")
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie


def test_switches_guests_cannot_use_safely_are_off(app):
    from superset import is_feature_enabled

    for flag in ("ENABLE_TEMPLATE_PROCESSING", "GLOBAL_ASYNC_QUERIES", "THUMBNAILS", "ALLOW_ADHOC_SUBQUERY"):
        assert not is_feature_enabled(flag)
    assert is_feature_enabled("EMBEDDED_SUPERSET") and is_feature_enabled("CACHE_QUERY_BY_USER")


def test_no_published_secret_is_left_in_the_configuration(app):
    from superset.config import CHANGE_ME_SECRET_KEY

    published = {CHANGE_ME_SECRET_KEY, "test-guest-secret-change-me", "test-secret-change-me", "superset"}
    endings = ("SECRET", "SECRET_KEY", "PASSWORD")
    named = {name: value for name, value in app.config.items() if name.endswith(endings)}
    # Superset's configuration module also exports the constant itself.
    secrets = [value for name, value in named.items() if name != "CHANGE_ME_SECRET_KEY"]
    assert len(secrets) >= 4
    assert not published & set(secrets)
