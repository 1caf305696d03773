"""Refusals that say nothing but their status."""

import json
from http import HTTPStatus

from flask import Response

_RETRY_SECONDS = 10


def problem(status: HTTPStatus) -> Response:
    """An answer of RFC 9457 without detail."""
    body = json.dumps({"title": status.phrase, "status": status.value})
    response = Response(body, status.value, mimetype="application/problem+json")
    response.headers["Cache-Control"] = "no-store"
    if status is HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = str(_RETRY_SECONDS)
    return response
