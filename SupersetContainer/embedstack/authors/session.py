"""How long an author stays signed in."""

import time

from flask import current_app, session
from flask_login import login_user, logout_user

SESSION_SECONDS = 8 * 60 * 60

_UNTIL = "author_until"
_ID_TOKEN = "author_id_token"


def open_session(user: object, id_token: str) -> None:
    """Signs in under a session id that nobody can have known before."""
    current_app.session_interface.regenerate(session)
    session[_UNTIL] = time.time() + SESSION_SECONDS
    session[_ID_TOKEN] = id_token
    login_user(user)


def is_open() -> bool:
    """Whether this request's session is an author's, and its time is not over, however busy it was."""
    until = session.get(_UNTIL)
    return isinstance(until, float) and time.time() < until


def remember_refused(id_token: str) -> None:
    """Keeps what it takes to end the session in Keycloak of a person who is no author."""
    session[_ID_TOKEN] = id_token


def close_session() -> str | None:
    """Signs out of Superset; returns what names the session in Keycloak."""
    id_token = session.get(_ID_TOKEN)
    logout_user()
    session.clear()
    return id_token
