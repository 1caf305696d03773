"""The real server: preloaded, forked, behind the header secret."""

import gzip
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import pytest
import requests
from support.servers import free_port

ROOT = Path(__file__).parents[1]
START_LIMIT_SECONDS = 90


class Collector(BaseHTTPRequestHandler):
    """An OTLP endpoint that keeps what it is sent."""

    received: ClassVar[list[tuple[str, bytes]]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        self.received.append((self.path, body))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def collector() -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Collector) as endpoint:
        Thread(target=endpoint.serve_forever, daemon=True).start()
        yield endpoint.server_address[1]
        endpoint.shutdown()


@pytest.fixture(scope="module")
def server(stack, bootstrapped, collector, tmp_path_factory) -> Iterator[tuple[str, subprocess.Popen]]:
    port = free_port()
    log = tmp_path_factory.mktemp("gunicorn") / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--config", ROOT / "gunicorn.conf.py"] + ["superset.app:create_app()"],
            env={
                **stack.environment,
                "PATH": os.environ["PATH"],
                "HOME": str(log.parent),
                "PYTHONPATH": str(ROOT),
                "SUPERSET_PORT": str(port),
                "OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{collector}",
                "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf",
                "OTEL_SERVICE_NAME": "superset-under-test",
                "OTEL_BSP_SCHEDULE_DELAY": "100",
            },
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_healthy(address, process, log)
        yield address, process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)
    assert process.returncode == 0
    assert "eyJ" not in log.read_text()
    assert "Traceback" not in log.read_text()


def _wait_until_healthy(address: str, process: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + START_LIMIT_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if requests.get(f"{address}/health", timeout=5).text == "OK":
                return
        except requests.ConnectionError:
            time.sleep(0.2)
    pytest.fail(f"gunicorn did not get healthy; its last lines:\n{log.read_text()[-2000:]}")


def test_only_health_answers_without_the_secret(server):
    address, _ = server
    assert requests.get(f"{address}/login/", timeout=10).status_code == 404


def test_concurrent_guests_each_get_their_own_rows_from_forked_workers(server, guests, bootstrapped):
    address, _ = server
    tokens = {tenant: guests.token(f"{tenant}/admin") for tenant in ("northside", "harbour")}
    expected = {tenant: guests.rows_of(tenant) for tenant in tokens}
    query = guests.stored_query("appointments_total") | {"force": True}

    def ask(tenant: str) -> bool:
        answer = requests.post(
            f"{address}/api/v1/chart/data",
            json=query,
            headers={
                "X-Superset-Ingress": bootstrapped.settings.ingress_secret,
                "X-GuestToken": tokens[tenant],
            },
            timeout=30,
        )
        return answer.json()["result"][0]["data"][0]["appointments"] == expected[tenant]

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, ["northside", "harbour"] * 20))


def test_large_guest_token_fits_into_its_header(server, guests, bootstrapped):
    address, _ = server
    staff = ", ".join(f"'n-{number}'" for number in range(3000))
    rule = {"dataset": guests.dataset_id, "clause": f"tenant_id = 'northside' AND staff_id IN ({staff})"}
    answer = requests.get(
        f"{address}/api/v1/me/roles/",
        headers={
            "X-Superset-Ingress": bootstrapped.settings.ingress_secret,
            "X-GuestToken": guests.token(rules=[rule]),
        },
        timeout=30,
    )
    assert answer.status_code == 200


def test_long_filters_fit_into_an_address(server):
    address, _ = server
    assert requests.get(f"{address}/health", params={"native_filters": "a" * 7900}, timeout=10).status_code == 200


def test_workers_send_traces_without_tokens(server, guests, bootstrapped):
    address, _ = server
    requests.get(
        f"{address}/api/v1/me/roles/",
        headers={
            "X-Superset-Ingress": bootstrapped.settings.ingress_secret,
            "X-GuestToken": guests.token(),
        },
        timeout=30,
    )
    deadline = time.monotonic() + 20
    while not any(b"/me/roles/" in body for path, body in Collector.received if path == "/v1/traces"):
        assert time.monotonic() < deadline, [path for path, _ in Collector.received]
        time.sleep(0.1)
    everything = b"".join(body for _, body in Collector.received)
    assert b"superset-under-test" in everything
    assert b"eyJ" not in everything
    assert bootstrapped.settings.ingress_secret.encode() not in everything
