"""Whether a signed-in author still is one: Keycloak is asked again every two minutes."""

import json
import logging
import secrets
import time
from contextlib import suppress
from typing import Any

from flask import current_app
from redis import Redis
from redis.exceptions import LockError

from embedstack.authors.account import may_author
from embedstack.authors.keycloak import Keycloak, KeycloakAway, SignInFailed
from embedstack.configuration.author_sign_in import AuthorSignIn

logger = logging.getLogger(__name__)

CHECK_SECONDS = 120
# Since Keycloak's last answer, while it gives none; and between two attempts to get one.
GRACE_SECONDS = 300
RETRY_SECONDS = 10
_LOCK_SECONDS = 60
_WAIT_SECONDS = 10

# Beside the session, which parallel requests write over: a refresh token serves once.
_PREFIX = "superset:author:"

Record = dict[str, Any]


def begin(subject: str, refresh_token: str, seconds: int) -> str:
    """Notes who signed in; returns the name to ask by."""
    name = secrets.token_urlsafe(32)
    now = time.time()
    record = {"subject": subject, "refresh_token": refresh_token, "checked": now, "asked": now, "until": now + seconds}
    _write(name, record)
    return name


def forget(name: str | None) -> None:
    """Ends what `begin` began."""
    if name:
        _server().delete(_PREFIX + name)


def still_author(name: str | None, settings: AuthorSignIn) -> bool:
    """Whether the person may go on; one request in a while waits for Keycloak's answer."""
    record = _read(name)
    if name is None or record is None:
        return False
    if _is_checked(record):
        return True
    # Whom the last answer still covers need not wait for the one who asks.
    lock = _server().lock(f"{_PREFIX}{name}:lock", timeout=_LOCK_SECONDS)
    if not lock.acquire(blocking_timeout=0 if _is_covered(record) else _WAIT_SECONDS):
        return _is_covered(record)
    try:
        record = _read(name)
        if record is None or _is_checked(record):
            return record is not None
        return _ask(name, record, settings)
    finally:
        with suppress(LockError):
            lock.release()


def _ask(name: str, record: Record, settings: AuthorSignIn) -> bool:
    if time.time() - record["asked"] < RETRY_SECONDS:
        return _is_covered(record)
    record["asked"] = time.time()
    try:
        token = Keycloak(settings).renew(record["refresh_token"])
        claims = token["userinfo"]
        if claims["sub"] != record["subject"] or not may_author(claims):
            raise SignInFailed("the person is no author any more")
    except KeycloakAway as failure:
        logger.warning("Author %s cannot be checked: %s", record["subject"], failure)
        _write(name, record)
        return _is_covered(record)
    except SignInFailed as failure:
        logger.info("Session of author %s ended: %s", record["subject"], failure)
        forget(name)
        return False
    record["checked"] = record["asked"]
    record["refresh_token"] = token.get("refresh_token") or record["refresh_token"]
    _write(name, record)
    return True


def _is_checked(record: Record) -> bool:
    return time.time() - record["checked"] < CHECK_SECONDS


def _is_covered(record: Record) -> bool:
    return time.time() - record["checked"] < GRACE_SECONDS


def _read(name: str | None) -> Record | None:
    text = _server().get(_PREFIX + name) if name else None
    return None if text is None else json.loads(text)


def _write(name: str, record: Record) -> None:
    _server().set(_PREFIX + name, json.dumps(record), ex=max(1, int(record["until"] - time.time())))


def _server() -> Redis:
    server: Redis = current_app.config["SESSION_REDIS"]
    return server
