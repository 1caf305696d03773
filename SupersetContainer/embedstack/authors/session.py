"""How long an author stays signed in."""

import time
from collections.abc import Mapping
from typing import Any

from flask import current_app, session
from flask_login import login_user, logout_user

from embedstack.authors.check import begin, forget, still_author
from embedstack.configuration.settings import current_settings

SESSION_SECONDS = 8 * 60 * 60

_UNTIL = "author_until"
_ID_TOKEN = "author_id_token"
_CHECK = "author_check"


def open_session(user: object, token: Mapping[str, Any]) -> None:
    """Signs in under a session id that nobody can have known before."""
    current_app.session_interface.regenerate(session)
    session[_UNTIL] = time.time() + SESSION_SECONDS
    session[_ID_TOKEN] = token["id_token"]
    session[_CHECK] = begin(token["userinfo"]["sub"], token["refresh_token"], SESSION_SECONDS)
    login_user(user)


def is_open() -> bool:
    """Whether this request's session is an author's, its time is not over, and the person still is one."""
    until, settings = session.get(_UNTIL), current_settings().author_sign_in
    if settings is None or not isinstance(until, float) or time.time() >= until:
        return False
    if still_author(session.get(_CHECK), settings):
        return True
    del session[_UNTIL]
    return False


def remember_refused(id_token: str) -> None:
    """Keeps what it takes to end the session in Keycloak of a person who is no author."""
    session[_ID_TOKEN] = id_token


def close_session() -> str | None:
    """Signs out of Superset; returns what names the session in Keycloak."""
    id_token = session.get(_ID_TOKEN)
    forget(session.get(_CHECK))
    logout_user()
    session.clear()
    return id_token
