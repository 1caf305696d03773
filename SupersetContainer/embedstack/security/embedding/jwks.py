"""An issuer's published keys, cached and rotated without a restart."""

import json
import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import requests
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt.algorithms import RSAAlgorithm
from jwt.exceptions import InvalidKeyError

logger = logging.getLogger(__name__)

CONNECT_SECONDS = 2
ANSWER_SECONDS = 3
ANSWER_BYTES = 1 << 20
MINIMUM_KEY_BITS = 2048

Keys = Mapping[str, RSAPublicKey]


class KeysUnavailable(Exception):
    """The issuer's keys cannot be had, nor are the last ones recent enough."""


@dataclass(frozen=True)
class Times:
    """How old keys may grow, in seconds."""

    # Until they are asked for again: how long a key lives on that the issuer has withdrawn.
    refresh: float = 300
    # Between two attempts, whoever asks for unknown keys.
    retry: float = 10
    # While the issuer does not answer.
    keep: float = 3600


@dataclass(frozen=True)
class _Snapshot:
    keys: Keys = field(default_factory=dict)
    fetched: float = float("-inf")


class Jwks:
    """Keys by `kid`, which is a name to look up here and never an address."""

    def __init__(self, url: str, times: Times = Times(), clock: Callable[[], float] = time.monotonic) -> None:
        self._url = url
        self._clock = clock
        self._times = times
        self._lock = threading.Lock()
        self._snapshot = _Snapshot()
        self._attempted = float("-inf")

    def find(self, kid: str) -> RSAPublicKey | None:
        """The key, asked for at most once in a while where it is unknown; raises KeysUnavailable.

        One thread asks the issuer. The others wait for the first answer alone: later ones use the keys that they know,
        and cannot say anything of those that they do not, so that a flood of unknown names holds no more than one.
        """
        known = kid in self._snapshot.keys
        if not known or self._is_stale():
            self._renew(known)
        snapshot = self._snapshot
        if self._clock() - snapshot.fetched >= self._times.keep:
            raise KeysUnavailable("the issuer's keys cannot be read")
        return snapshot.keys.get(kid)

    def _is_stale(self) -> bool:
        return self._clock() - self._snapshot.fetched >= self._times.refresh

    def _is_early(self) -> bool:
        return self._clock() - self._attempted < self._times.retry

    def _renew(self, known: bool) -> None:
        if self._is_early():
            return
        if not self._lock.acquire(blocking=not self._was_attempted):
            if known:
                return
            raise KeysUnavailable("the issuer's keys are being read")
        try:
            if not self._is_early():
                self._fetch()
        finally:
            self._lock.release()

    @property
    def _was_attempted(self) -> bool:
        return self._attempted > float("-inf")

    def _fetch(self) -> None:
        try:
            self._snapshot = _Snapshot(_fetch(self._url), self._clock())
        except (requests.RequestException, ValueError) as error:
            logger.warning("The issuer's keys at %s cannot be read: %s", self._url, type(error).__name__)
        finally:
            self._attempted = self._clock()


def _fetch(url: str) -> Keys:
    with requests.Session() as session:
        # Neither a proxy nor a password from the environment.
        session.trust_env = False
        with session.get(url, timeout=(CONNECT_SECONDS, ANSWER_SECONDS), allow_redirects=False, stream=True) as answer:
            if answer.status_code != 200:
                raise ValueError(f"status {answer.status_code}")
            document = json.loads(_read(answer))
    if not isinstance(document, dict) or not isinstance(document.get("keys"), list):
        raise ValueError("no key set")
    found = [(entry.get("kid"), _key(entry)) for entry in document["keys"] if isinstance(entry, dict)]
    return {kid: key for kid, key in found if isinstance(kid, str) and kid and key is not None}


def _read(answer: requests.Response) -> bytes:
    deadline = time.monotonic() + ANSWER_SECONDS
    body = b""
    for chunk in answer.iter_content(1 << 16):
        body += chunk
        if len(body) > ANSWER_BYTES or time.monotonic() > deadline:
            raise ValueError("too long")
    return body


def _key(entry: Mapping[str, Any]) -> RSAPublicKey | None:
    if entry.get("kty") != "RSA" or entry.get("use", "sig") != "sig" or entry.get("alg", "RS256") != "RS256":
        return None
    try:
        key = RSAAlgorithm.from_jwk({name: entry.get(name) for name in ("kty", "n", "e")})
    except (InvalidKeyError, ValueError, TypeError, AttributeError):
        return None
    return key if isinstance(key, RSAPublicKey) and key.key_size >= MINIMUM_KEY_BITS else None
