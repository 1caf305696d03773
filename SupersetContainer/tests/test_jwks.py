"""An issuer's keys: cached, rotated, bounded."""

import json
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from jwt.algorithms import RSAAlgorithm
from support.clock import Clock
from support.issuer import Issuer, new_key

from embedstack.security.embedding.jwks import ANSWER_BYTES, Jwks, KeysUnavailable, Times


@pytest.fixture
def issuer():
    with Issuer() as running:
        yield running


@pytest.fixture
def clock():
    return Clock()


def test_keys_are_asked_for_once(issuer):
    keys = Jwks(issuer.url)
    assert all(keys.find("first") for _ in range(5))
    assert issuer.requests == 1


def test_unknown_names_ask_once_in_a_while(issuer, clock):
    keys = Jwks(issuer.url, Times(retry=10), clock)
    assert keys.find("first")
    assert [keys.find(f"k{n}") for n in range(20)] == [None] * 20
    assert issuer.requests == 1
    issuer.keys["second"] = new_key()
    clock.now += 10
    assert keys.find("second")
    assert keys.find("third") is None
    assert issuer.requests == 2


def test_withdrawn_key_ends_with_the_next_refresh(issuer, clock):
    keys = Jwks(issuer.url, Times(refresh=300), clock)
    assert keys.find("first")
    issuer.keys = {"second": new_key()}
    clock.now += 299
    assert keys.find("first")
    clock.now += 1
    assert keys.find("first") is None
    assert keys.find("second")


def test_last_keys_hold_for_a_while_when_the_issuer_is_away(issuer, clock):
    keys = Jwks(issuer.url, Times(), clock)
    assert keys.find("first")
    issuer.answers = False
    clock.now += 3599
    assert keys.find("first")
    assert keys.find("unknown") is None
    clock.now += 1
    with pytest.raises(KeysUnavailable):
        keys.find("first")
    issuer.answers = True
    clock.now += 10
    assert keys.find("first")


def test_issuer_that_was_never_there_is_not_asked_each_time(issuer, clock):
    issuer.answers = False
    keys = Jwks(issuer.url, Times(), clock)
    for _ in range(5):
        with pytest.raises(KeysUnavailable):
            keys.find("first")
    assert issuer.requests == 1
    issuer.answers = True
    clock.now += 10
    assert keys.find("first")


def test_many_threads_ask_once(issuer):
    keys = Jwks(issuer.url)
    found = []
    threads = [threading.Thread(target=lambda: found.append(keys.find("first"))) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 16 and all(found)
    assert issuer.requests == 1


class SlowIssuer(Issuer):
    """Answers the first request; the next ones when a test lets them."""

    def __init__(self):
        super().__init__()
        self.release, self.asked = threading.Event(), threading.Event()

    @property
    def published(self):
        if self.requests > 1:
            self.asked.set()
            self.release.wait(30)
        return super().published


@pytest.mark.parametrize("age", [10, 400], ids=["fresh keys", "stale keys"])
def test_flood_of_unknown_names_holds_nobody_up(clock, age):
    with SlowIssuer() as issuer:
        keys = Jwks(issuer.url, Times(), clock)
        assert keys.find("first")
        clock.now += age
        unknown = threading.Thread(target=keys.find, args=("unknown",))
        unknown.start()
        try:
            assert issuer.asked.wait(30)
            # The issuer has not answered: none of these may wait for it.
            assert keys.find("first")
            for number in range(100):
                with pytest.raises(KeysUnavailable):
                    keys.find(f"k{number}")
            assert keys.find("first")
            assert unknown.is_alive()
        finally:
            issuer.release.set()
            unknown.join(30)
        assert issuer.requests == 2
        assert [keys.find(f"k{number}") for number in range(100)] == [None] * 100
        assert keys.find("first")
        assert issuer.requests == 2


def test_issuer_that_hangs_is_given_up():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        started = time.monotonic()
        with pytest.raises(KeysUnavailable):
            Jwks(f"http://127.0.0.1:{silent.getsockname()[1]}/keys").find("first")
        assert time.monotonic() - started < 20


def key_of(bits=2048, **changes):
    key = RSAAlgorithm.to_jwk(generate_private_key(65537, bits).public_key(), as_dict=True)
    entry = {**key, "kid": "first", **changes}
    return {name: value for name, value in entry.items() if value is not None}


@pytest.mark.parametrize(
    "document",
    [
        {"keys": [key_of(bits=1024)]},
        {"keys": [key_of(use="enc")]},
        {"keys": [key_of(alg="RS512")]},
        {"keys": [key_of(kid=None)]},
        {"keys": [key_of(kid=7)]},
        {"keys": [key_of(n=None)]},
        {"keys": [key_of(n="%")]},
        {"keys": [{"kty": "oct", "k": "c2VjcmV0", "kid": "first"}]},
        {"keys": [{"kty": "EC", "crv": "P-256", "kid": "first"}]},
        {"keys": ["first", None]},
        {"keys": []},
    ],
    ids=str,
)
def test_key_of_another_kind_does_not_count(document):
    with serving(json.dumps(document).encode()) as url:
        assert Jwks(url).find("first") is None


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b"{}"),
        (200, b"[]"),
        (200, b"<html>"),
        (200, b" " * (ANSWER_BYTES + 1) + b'{"keys": []}'),
        (302, b'{"keys": []}'),
        (404, b'{"keys": []}'),
    ],
)
def test_answer_of_another_kind_is_none(status, body):
    with serving(body, status) as url, pytest.raises(KeysUnavailable):
        Jwks(url).find("first")


class serving:
    """One body for every request."""

    def __init__(self, body, status=200):
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(status)
                self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_port}/keys"

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
