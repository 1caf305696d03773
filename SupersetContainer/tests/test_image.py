"""The image without Aspire: the README's command, and what whoever breaks into its container finds.

Only where EMBEDSTACK_SUPERSET_IMAGE names an image; `./embedstack test image` builds one.
"""

import json
import secrets
import time
from collections.abc import Iterator

import pytest
import requests
from support.container import Container, asked
from support.release import DOWNGRADE, PREVIOUS, kept, migration
from support.servers import free_port

START_LIMIT_SECONDS = 120
TOOLS = "pip pip3 uv uvx easy_install gcc cc g++ c++ make ld as cargo go git curl wget ssh pytest"


@pytest.fixture(scope="module")
def container(stack, tmp_path_factory) -> Iterator[Container]:
    folder = tmp_path_factory.mktemp("by-hand")
    folder.chmod(0o755)
    running = Container(f"embedstack-{secrets.token_hex(6)}", folder, stack.environment, free_port())
    try:
        assert "self-check" in running.bootstrap()
        running.serve()
        _wait_until_healthy(running)
        yield running
        assert running.stop() == 0
        assert "Traceback" not in running.log()
    finally:
        running.remove()


def _wait_until_healthy(running: Container) -> None:
    deadline = time.monotonic() + START_LIMIT_SECONDS
    while time.monotonic() < deadline and running.inspected()["State"]["Running"]:
        try:
            if requests.get(f"{running.address}/health", timeout=5).text == "OK":
                return
        except requests.ConnectionError:
            time.sleep(0.5)
    pytest.fail(f"it did not get healthy; its last lines:\n{running.log()[-2000:]}")


@pytest.fixture(scope="module")
def image(container) -> dict:
    return json.loads(asked("image", "inspect", container.inspected()["Image"]))[0]


def test_guests_read_their_own_rows(container, guests, bootstrapped):
    query = guests.stored_query("appointments_total") | {"force": True}
    headers = {"X-Superset-Ingress": bootstrapped.settings.ingress_secret}
    for tenant in ("northside", "harbour"):
        token = {"X-GuestToken": guests.token(f"{tenant}/admin")}
        answer = requests.post(f"{container.address}/api/v1/chart/data", json=query, headers=headers | token, timeout=30)
        assert answer.json()["result"][0]["data"][0]["appointments"] == guests.rows_of(tenant)


def test_metadata_of_the_release_before_are_brought_up(container, stack, bootstrapped):
    current, before = migration(stack), kept(stack)
    container.ran(*DOWNGRADE)
    assert migration(stack) == PREVIOUS != current
    assert "schema upgraded" in container.bootstrap()
    assert migration(stack) == current
    assert kept(stack) == before


def test_its_user_has_no_rights(container):
    assert container.run("echo $(id -u):$(id -g)") == "10001:10001"
    status = dict(line.split(":", 1) for line in container.run("cat /proc/1/status").splitlines())
    assert int(status["CapEff"], 16) == int(status["CapBnd"], 16) == 0
    assert status["NoNewPrivs"].strip() == "1"


def test_only_its_tmpfs_can_be_written(container):
    places = "/ /app /app/embedstack /opt/venv /opt/venv/bin /etc /home /var /run /run/secrets /usr /tmp"
    line = f"for place in {places}; do touch $place/x 2>/dev/null && echo $place && rm $place/x; done"
    assert container.run(line) == "/tmp"
    assert container.inspected()["HostConfig"]["ReadonlyRootfs"]


def test_nothing_in_it_installs_or_compiles(container):
    assert container.run(f"for tool in {TOOLS}; do command -v $tool; done") == ""
    assert container.run("python -m pip --version; python -m ensurepip --version") == ""
    installers = "find / -xdev -regex '.*/\\(pip[0-9.]*\\|pip-.*\\|uv\\|ensurepip\\|_?pytest\\|.*\\.whl\\)' 2>/dev/null"
    assert container.run(installers) == ""


def test_no_tests_samples_or_history_are_in_it(container):
    assert container.run("find / -xdev -name '.*_history' 2>/dev/null") == ""
    assert container.run("find /opt/venv \\( -name tests -o -name test \\) -type d") == ""
    samples = "find /opt/venv/lib/*/site-packages/superset/examples -type f ! -name '*.py' ! -name '*.pyc'"
    assert container.run(samples) == ""


def test_it_listens_at_its_port_alone(container):
    # The container shares the machine's network here: only sockets of its own processes count.
    own = container.run("ls -l /proc/[0-9]*/fd 2>/dev/null | sed -n 's/.*socket:\\[\\([0-9]*\\)\\].*/\\1/p'").split()
    rows = [line.split() for line in container.run("cat /proc/net/tcp /proc/net/tcp6").splitlines()]
    listening = {row[1] for row in rows if len(row) > 9 and row[3] == "0A" and row[9] in own}
    port = int(container.address.rsplit(":", 1)[1])
    assert listening == {f"0100007F:{port:04X}"}


def test_server_is_the_first_process_and_of_the_size_of_its_limit(container):
    assert "gunicorn" in container.run("tr '\\0' ' ' </proc/1/cmdline")
    # One processor: the first process and one worker.
    assert container.run("cat /proc/[0-9]*/comm | grep -c '^gunicorn'") == "2"


def test_no_secret_is_in_the_image_or_an_argument(container, image, stack):
    told = json.dumps(image) + asked("history", "--no-trunc", "--format", "{{.CreatedBy}}", image["Id"])
    known = container.inspected()
    told += json.dumps([known["Args"], known["Config"]["Cmd"], known["Config"]["Labels"]])
    told += container.run("tr '\\0' ' ' </proc/1/cmdline")
    values = [value for name, value in stack.environment.items() if name.endswith(("PASSWORD", "SECRET", "SECRET_KEY"))]
    assert len(values) > 5
    assert not [value for value in values if value in told]
    assert container.run(f"grep -rlF '{stack.environment['SUPERSET_SECRET_KEY']}' /app /opt/venv/bin /etc") == ""


def test_it_says_what_it_is_and_how_it_is(container, image):
    labels = image["Config"]["Labels"]
    assert labels["org.opencontainers.image.version"] == "6.1.0"
    assert labels["org.opencontainers.image.title"] == "EmbedStack Superset"
    assert image["Config"]["User"] == "10001:10001"
    assert image["Config"]["Cmd"] == ["serve"]
    # Docker's name of it stands in the configuration, Podman's beside.
    known = image["Config"].get("Healthcheck") or image.get("HealthCheck") or image["Healthcheck"]
    form, *check = known["Test"]
    assert form == "CMD"
    asked("exec", container.name, *check)
