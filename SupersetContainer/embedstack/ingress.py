"""Superset's front door: one caller knows the way in, and guests bring no cookies."""

import hmac
import io
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode

from werkzeug.formparser import parse_form_data

from embedstack.security.embedding.tokens import bearer_tokens, is_issuers

HEADER = "HTTP_X_SUPERSET_INGRESS"
FORWARDED_HOST = "HTTP_X_FORWARDED_HOST"
GUEST_HEADER = "HTTP_X_GUESTTOKEN"
GUEST_FIELD = "guest_token"
LOCALE_FIELD = "_l_"
TELEMETRY_PATH = "/superset/log/"
TOKEN_PATHS = tuple(f"/api/v1/security/{name}" for name in ("login", "refresh", "guest_token"))
SAMPLES_PATH = "/datasource/samples"

# A form with a guest token is a chart's form data or a few log events; uploads are larger.
FORM_LIMIT_BYTES = 1 << 20
_FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")

Environ = dict[str, Any]
WsgiApp = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


class IngressMiddleware:
    """404 without the generated header secret; no cookies where a guest's token speaks.

    Flask-Login prefers a session to a guest token: an author's cookie beside a guest's token would
    answer with the author's rights.
    """

    def __init__(self, app: WsgiApp, secret: str, authors_host: str | None = None) -> None:
        self._app = app
        self._secret = secret.encode()
        self._authors_host = authors_host

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answers or passes one request on."""
        if not self._may_enter(environ):
            return _answer(start_response, "404 Not Found")
        environ.pop(HEADER, None)
        if _is_forwarded(environ) and environ["PATH_INFO"].startswith(TOKEN_PATHS):
            # Logins and tokens are between the Api and Superset: no browser's request.
            return _answer(start_response, "404 Not Found")
        if self._is_authors(environ) and (_has_guest_token(environ) or _is_long_form(environ)):
            # Guests come by another origin; here a token would speak for whoever has a session.
            return _answer(start_response, "403 Forbidden")
        if environ["PATH_INFO"].startswith("/embedded/"):
            environ.pop("HTTP_COOKIE", None)
        elif _has_guest_token(environ):
            if environ["PATH_INFO"] == TELEMETRY_PATH:
                # Guests may not log; Superset would render its login page for each batch of events.
                return _answer(start_response, "204 No Content")
            environ.pop("HTTP_COOKIE", None)
            _name_locale(environ)
        return self._app(environ, start_response)

    def _is_authors(self, environ: Environ) -> bool:
        # Said by the Api, which lets no caller say it.
        return self._authors_host is not None and environ.get(FORWARDED_HOST) == self._authors_host

    def _may_enter(self, environ: Environ) -> bool:
        if environ["PATH_INFO"] == "/health" and environ["REQUEST_METHOD"] == "GET":
            return True
        given = environ.get(HEADER, "").encode("latin-1", "replace")
        return hmac.compare_digest(given, self._secret)


def _answer(start_response: Callable[..., Any], status: str) -> list[bytes]:
    start_response(status, [] if status.startswith("204") else [("Content-Length", "0")])
    return []


def _has_guest_token(environ: Environ) -> bool:
    bearer = bearer_tokens(environ.get("HTTP_AUTHORIZATION", ""))
    if GUEST_HEADER in environ or any(is_issuers(token) for token in bearer):
        return True
    return _form_has_guest_token(environ)


def _form_has_guest_token(environ: Environ) -> bool:
    length = _length(environ)
    if not _is_form(environ) or not 0 < length <= FORM_LIMIT_BYTES:
        return False
    body = environ["wsgi.input"].read(length)
    _, fields, _ = parse_form_data({**environ, "wsgi.input": io.BytesIO(body)})
    environ["wsgi.input"] = io.BytesIO(body)
    return GUEST_FIELD in fields


def _is_forwarded(environ: Environ) -> bool:
    return any(name.startswith("HTTP_X_FORWARDED_") or name == "HTTP_FORWARDED" for name in environ)


def _is_form(environ: Environ) -> bool:
    return bool(environ.get("CONTENT_TYPE", "").lower().startswith(_FORM_TYPES))


def _is_long_form(environ: Environ) -> bool:
    """Whether a form is too long to be looked through, or does not say how long it is."""
    return _is_form(environ) and not 0 <= _length(environ) <= FORM_LIMIT_BYTES


def _length(environ: Environ) -> int:
    if "HTTP_TRANSFER_ENCODING" in environ:
        return -1
    try:
        return int(environ.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return -1


def _name_locale(environ: Environ) -> None:
    # Without a locale in the URL Flask-AppBuilder notes one in the session, which for a caller without
    # cookies is a new session in Redis for every request.
    query = environ.get("QUERY_STRING", "")
    if environ["PATH_INFO"] == SAMPLES_PATH:
        # Superset answers 400 there to parameters that it does not know; the session is cleared after it.
        fields = [field for field in parse_qsl(query, keep_blank_values=True) if field[0] != LOCALE_FIELD]
        environ["QUERY_STRING"] = urlencode(fields)
    elif LOCALE_FIELD not in parse_qs(query):
        environ["QUERY_STRING"] = f"{query}&{LOCALE_FIELD}=en" if query else f"{LOCALE_FIELD}=en"
