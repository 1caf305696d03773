"""Postgres and Redis for one test run, on free loopback ports, in a folder thrown away."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg2
from redis import Redis, RedisError

from embedstack.catalog import Catalog
from support.stores import make_stores

REPOSITORY = Path(__file__).parents[3]
SQL = Path(__file__).parents[1] / "sql"
LIMIT_SECONDS = 30.0


@dataclass(frozen=True)
class Servers:
    """Where the servers are, and the environment that names them."""

    environment: dict[str, str]
    postgres_port: int
    first_accounts: list[tuple] = field(default_factory=list)
    """Names and roles of Superset's accounts right after the bootstrap, before tests add theirs."""

    def query(self, database: str, sql: str, parameters: tuple[object, ...] | None = ()) -> list[tuple]:
        """Runs one statement as superuser and commits it."""
        connection = psycopg2.connect(host="127.0.0.1", port=self.postgres_port, user="postgres", dbname=database)
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(sql, parameters)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    @property
    def reader(self) -> dict[str, object]:
        """How guests' queries connect."""
        names = {"user": "CLINIC_DB_USERNAME", "password": "CLINIC_DB_PASSWORD"}
        login = {name: self.environment[variable] for name, variable in names.items()}
        return {"host": "127.0.0.1", "port": self.postgres_port, **login}

    def run_script(self, database: str, name: str, **words: str) -> None:
        """Runs a file of tests/sql, statement by statement where a transaction is not allowed.

        `words` replaces words in it.
        """
        connection = psycopg2.connect(host="127.0.0.1", port=self.postgres_port, user="postgres", dbname=database)
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                script = (SQL / name).read_text(encoding="utf-8")
                for word, text in words.items():
                    script = script.replace(word, text)
                for statement in script.split(";\n"):
                    if statement.strip():
                        cursor.execute(statement)
        finally:
            connection.close()


@contextmanager
def running_servers(values: dict[str, str]) -> Iterator[Servers]:
    """Starts both, makes roles, databases and schemas, and stops them at the end."""
    folder = Path(tempfile.mkdtemp(prefix="embedstack-tests-"))
    postgres_port, redis_port = free_port(), free_port()
    environment = dict(values)
    environment |= {f"{p}_PORT": str(postgres_port) for p in ("SUPERSET_DB", "EMBEDSTACK_DB", "CLINIC_DB")}
    environment["REDIS_PORT"] = str(redis_port)
    servers = Servers(environment, postgres_port)
    with ExitStack() as cleanup:
        cleanup.callback(shutil.rmtree, folder, ignore_errors=True)
        cleanup.enter_context(_postgres(folder / "postgres", postgres_port))
        cleanup.enter_context(_redis(redis_port, environment["REDIS_PASSWORD"], folder))
        _wait("postgres", lambda: servers.query("postgres", "SELECT 1"))
        _provision(servers)
        yield servers


def _provision(servers: Servers) -> None:
    servers.run_script("postgres", "server.sql")
    for prefix in ("SUPERSET_DB", "EMBEDSTACK_DB", "CLINIC_DB", "CLINIC_AUTHOR"):
        role = servers.environment[f"{prefix}_USERNAME"]
        password = servers.environment[f"{prefix}_PASSWORD"]
        servers.query("postgres", f'ALTER ROLE "{role}" PASSWORD %s', (password,))
    tables = REPOSITORY / "DatabaseSetup" / "Sql" / "embedstack.sql"
    servers.query("embedstack", tables.read_text(encoding="utf-8"))
    servers.run_script("embedstack", "embedstack.sql")
    for entry in Catalog.load().dashboards:
        # As the Api does when it starts.
        servers.query("embedstack", "INSERT INTO shared.dashboards (key) VALUES (%s)", (entry.key,))
        sql = "INSERT INTO shared.entitlements (dashboard_key, role) SELECT %s, unnest(%s)"
        servers.query("embedstack", sql, (entry.key, list(entry.roles)))
    make_stores(servers)


@contextmanager
def _postgres(data: Path, port: int) -> Iterator[None]:
    binaries = _postgres_binaries()
    data.mkdir()
    as_user: list[str] = []
    if os.geteuid() == 0:
        shutil.chown(data, "postgres", "postgres")
        data.parent.chmod(0o755)
        as_user = ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--init-groups"]
    subprocess.run(
        [*as_user, binaries / "initdb", "-D", data, "-U", "postgres", "-E", "UTF8"] + ["--no-sync", "-A", "trust"],
        check=True,
        capture_output=True,
        cwd="/",
        timeout=60,
    )
    # The superuser comes in by trust; the roles under test by password.
    (data / "pg_hba.conf").write_text("host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n")
    arguments = ["-D", data, "-p", str(port), "-c", "listen_addresses=127.0.0.1"]
    arguments += ["-c", "unix_socket_directories=", "-c", "fsync=off"]
    with _running([*as_user, binaries / "postgres", *arguments], data.parent, signal.SIGINT):
        yield


@contextmanager
def _redis(port: int, password: str, folder: Path) -> Iterator[None]:
    configuration = f'port {port}\nbind 127.0.0.1\nsave ""\nrequirepass {password}\n'
    with _running(["redis-server", "-"], folder, signal.SIGTERM, configuration):
        client = Redis("127.0.0.1", port, password=password, socket_timeout=5)
        _wait("redis", client.ping)
        yield


@contextmanager
def _running(command: list[str | Path], folder: Path, stop: signal.Signals, stdin: str = "") -> Iterator[None]:
    log = folder / f"{Path(command[-1]).name}-{time.monotonic_ns()}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=output, stderr=subprocess.STDOUT, cwd="/")
    assert process.stdin is not None
    process.stdin.write(stdin.encode())
    process.stdin.close()
    try:
        yield
    finally:
        process.send_signal(stop)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait(name: str, ask: Callable[[], object]) -> None:
    deadline = time.monotonic() + LIMIT_SECONDS
    while True:
        try:
            ask()
            return
        except (psycopg2.OperationalError, RedisError) as error:
            if time.monotonic() >= deadline:
                raise TimeoutError(f"{name} did not answer in {LIMIT_SECONDS:.0f} s: {error}") from error
        time.sleep(0.1)


def _postgres_binaries() -> Path:
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    found = shutil.which("postgres") or (installed[-1] if installed else None)
    if found is None:
        raise FileNotFoundError("no PostgreSQL server found; install postgresql")
    return Path(found).resolve().parent


def free_port() -> int:
    """A loopback port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
