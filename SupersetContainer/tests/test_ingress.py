import io

import jwt
import pytest
from werkzeug.test import EnvironBuilder, run_wsgi_app
from werkzeug.wrappers import Request, Response

from embedstack.ingress import IngressMiddleware

SECRET = "s" * 40
AUTHORS = "authors.localhost:5182"
seen: list[Request] = []


@Request.application
def inner(request):
    seen.append(request)
    return Response(request.form.get("payload", "through"))


@pytest.fixture(autouse=True)
def forget():
    seen.clear()


def ask(path="/", secret=SECRET, method="GET", headers=None, data=None):
    headers = {"Cookie": "embedstack_superset=author", **(headers or {})}
    if secret is not None:
        headers["X-Superset-Ingress"] = secret
    environ = EnvironBuilder(path, method=method, headers=headers, data=data).get_environ()
    body, status, _ = run_wsgi_app(IngressMiddleware(inner, SECRET, AUTHORS), environ)
    return status, b"".join(body)


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "s", "ü"])
def test_request_without_the_header_secret_is_not_found(secret):
    assert ask(secret=secret) == ("404 Not Found", b"")
    assert not seen


@pytest.mark.parametrize(("path", "method"), [("/health/", "GET"), ("/healthz", "GET"), ("/health", "POST")])
def test_only_get_health_is_exempt(path, method):
    assert ask("/health", secret=None)[0] == "200 OK"
    assert ask(path, secret=None, method=method)[0] == "404 Not Found"


def test_header_secret_is_not_passed_on():
    ask("/superset/welcome/")
    assert "X-Superset-Ingress" not in seen[0].headers
    assert "Cookie" in seen[0].headers


def test_embedded_page_gets_no_cookies():
    ask("/embedded/0b6f2b58")
    assert "Cookie" not in seen[0].headers


def test_guest_token_in_the_header_leaves_cookies_behind():
    ask("/api/v1/me/roles/", headers={"X-GuestToken": "t"})
    assert "Cookie" not in seen[0].headers
    assert seen[0].args["_l_"] == "en"


def test_bearer_token_of_an_issuer_leaves_cookies_behind():
    token = jwt.encode({"iss": "https://id.host.example"}, SECRET, algorithm="HS256")
    ask("/api/v1/me/roles/", headers={"Authorization": f"Bearer {token}"})
    assert "Cookie" not in seen[0].headers
    assert seen[0].args["_l_"] == "en"


def test_supersets_own_bearer_token_keeps_the_cookie_of_its_csrf_token():
    token = jwt.encode({"sub": "1"}, SECRET, algorithm="HS256")
    ask("/api/v1/security/guest_token/", headers={"Authorization": f"Bearer {token}"})
    assert "Cookie" in seen[0].headers


@pytest.mark.parametrize("upload", [False, True])
def test_guest_token_in_a_form_leaves_cookies_behind_and_the_body_whole(upload):
    data = {"guest_token": "t", "payload": "kept"}
    if upload:
        data["events"] = (io.BytesIO(b"[]"), "events.json")
    assert ask("/api/v1/chart/data", method="POST", data=data)[1] == b"kept"
    assert "Cookie" not in seen[0].headers


def test_form_without_a_guest_token_keeps_cookies_and_body():
    assert ask("/login/", method="POST", data={"payload": "kept"})[1] == b"kept"
    assert "Cookie" in seen[0].headers
    assert "_l_" not in seen[0].args


def test_locale_in_the_url_is_kept():
    ask("/api/v1/chart/data?dashboard_id=1&_l_=fr", headers={"X-GuestToken": "t"})
    assert seen[0].args.getlist("_l_") == ["fr"]


@pytest.mark.parametrize("query", ["datasource_id=1&force=", "datasource_id=1&_l_=fr&force="])
def test_samples_take_no_locale(query):
    ask(f"/datasource/samples?{query}", method="POST", headers={"X-GuestToken": "t"})
    assert dict(seen[0].args) == {"datasource_id": "1", "force": ""}


def test_telemetry_of_guests_ends_here():
    assert ask("/superset/log/", method="POST", data={"guest_token": "t"})[0] == "204 No Content"
    assert not seen


ISSUERS = jwt.encode({"iss": "https://id.host.example"}, SECRET, algorithm="HS256")


@pytest.mark.parametrize(
    "sent",
    [
        {"headers": {"X-GuestToken": "t"}},
        {"headers": {"X-GuestToken": ""}},
        {"headers": {"Authorization": f"Bearer {ISSUERS}"}},
        {"method": "POST", "data": {"guest_token": "t"}},
        {"method": "POST", "data": {"guest_token": "t", "file": (io.BytesIO(b"f"), "f.txt")}},
        {"method": "POST", "data": {"payload": "p" * (1 << 20), "guest_token": "t"}},
        {"method": "POST", "data": {"guest_token": "t"}, "headers": {"Transfer-Encoding": "chunked"}},
    ],
    ids=["header", "empty header", "bearer", "form", "multipart form", "long form", "form without length"],
)
def test_no_guest_comes_by_the_authors_origin(sent):
    headers = {"X-Forwarded-Host": AUTHORS, **sent.pop("headers", {})}
    assert ask("/api/v1/chart/data", headers=headers, **sent) == ("403 Forbidden", b"")
    assert not seen


def test_authors_forms_pass():
    status, body = ask("/api/v1/chart/data", method="POST", headers={"X-Forwarded-Host": AUTHORS}, data={"payload": "own"})
    assert (status, body) == ("200 OK", b"own")
    assert "Cookie" in seen[0].headers


@pytest.mark.parametrize("name", ["X-Forwarded-Host", "X-Forwarded-For", "Forwarded"])
@pytest.mark.parametrize("path", ["login", "login/", "refresh", "guest_token/"])
def test_logins_and_tokens_answer_no_forwarded_request(name, path):
    path = f"/api/v1/security/{path}"
    assert ask(path, method="POST", headers={name: "for=1.2.3.4"}) == ("404 Not Found", b"")
    assert not seen
    assert ask(path, method="POST")[0] == "200 OK"
