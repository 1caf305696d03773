"""Fixtures: an environment of generated secrets, real servers, and a bootstrapped Superset."""

import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from hypothesis import settings
from support.author import Author
from support.guests import Guests
from support.host import Host
from support.issuer import Issuer
from support.keycloak import CLIENT, ISSUER, KeycloakPeer
from support.own_dashboard import OwnDashboard, own_dashboard
from support.servers import Servers, free_port, running_servers

from embedstack.bootstrap.context import Context
from embedstack.bootstrap.runner import run_steps
from embedstack.bootstrap.steps import STEPS
from embedstack.configuration.settings import current_settings
from embedstack.shared.state import shared_state

# A suite of its own, where there is an image to run.
collect_ignore = [] if os.environ.get("EMBEDSTACK_SUPERSET_IMAGE") else ["test_image.py"]

# Machines are busy; what takes long is no fault.
settings.register_profile("embedstack", deadline=None)
settings.load_profile("embedstack")

for _name in [name for name in os.environ if name.startswith(("PG", "OTEL_"))]:
    del os.environ[_name]


def generated_environment(folder: Path) -> dict[str, str]:
    """All variables that the container reads, with secrets of this run."""
    values = {
        f"{prefix}_{part}": text
        for prefix, database, role in (
            ("SUPERSET_DB", "superset", "superset_meta"),
            ("EMBEDSTACK_DB", "embedstack", "superset_shared"),
            ("CLINIC_DB", "clinic", "clinic_reader"),
        )
        for part, text in (
            ("HOST", "127.0.0.1"),
            ("PORT", "1"),
            ("USERNAME", role),
            ("PASSWORD", secrets.token_hex(24)),
            ("DATABASENAME", database),
        )
    }
    values |= {
        "REDIS_HOST": "127.0.0.1",
        "REDIS_PORT": "1",
        "REDIS_PASSWORD": secrets.token_hex(24),
        "SUPERSET_SECRET_KEY": secrets.token_hex(24),
        "SUPERSET_JWT_SECRET_KEY": secrets.token_hex(24),
        "SUPERSET_INGRESS_SECRET": secrets.token_hex(24),
        "CLINIC_AUTHOR_USERNAME": "clinic_author",
        "CLINIC_AUTHOR_PASSWORD": secrets.token_hex(24),
        "AUTHORS_ORIGIN": "http://authors.localhost:5182",
        "KEYCLOAK_ISSUER": ISSUER,
        "KEYCLOAK_INTERNAL_URL": f"http://127.0.0.1:{free_port()}/realms/embedstack",
        "AUTHOR_CLIENT_ID": CLIENT,
        "SERVICE_ACCOUNT_USERNAME": "embedstack-api",
        "GUEST_TOKEN_JWT_AUDIENCE": "embedstack",
        "HOST_ORIGINS": "http://localhost:5173",
        "SUPERSET_CONFIG_PATH": str(Path(__file__).parents[1] / "superset_config.py"),
    }
    for name in ("GUEST_TOKEN_JWT_SECRET", "ASSERTION_KEY", "SERVICE_ACCOUNT_PASSWORD", "AUTHOR_CLIENT_SECRET"):
        file = folder / name.lower()
        file.write_text(secrets.token_hex(24) + "\n", encoding="utf-8")
        file.chmod(0o600)
        values[f"{name}_FILE"] = str(file)
    return values


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A complete environment whose servers do not exist."""
    return generated_environment(tmp_path)


@pytest.fixture(scope="session")
def issuer() -> Iterator[Issuer]:
    """A host's own identity provider, with its keys published."""
    with Issuer() as running:
        yield running


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory, issuer: Issuer) -> Iterator[Servers]:
    """Postgres and Redis of this run; the process' environment points at them and at the issuer."""
    values = generated_environment(tmp_path_factory.mktemp("secrets")) | issuer.environment
    with running_servers(values) as servers, pytest.MonkeyPatch.context() as patch:
        for name, value in servers.environment.items():
            patch.setenv(name, value)
        yield servers


@pytest.fixture(scope="session")
def bootstrapped(stack: Servers) -> Context:
    """Superset in this process after one run of all steps on empty databases."""
    current_settings.cache_clear()
    context = Context()
    assert run_steps(STEPS, context) == 0
    accounts = stack.query(
        "superset",
        "SELECT u.username, r.name FROM ab_user u "
        "LEFT JOIN ab_user_role ur ON ur.user_id = u.id LEFT JOIN ab_role r ON r.id = ur.role_id",
    )
    stack.first_accounts.extend(accounts)
    return context


@pytest.fixture
def app(bootstrapped: Context) -> Iterator[Flask]:
    """The application, inside its context."""
    with bootstrapped.app.app_context():
        yield bootstrapped.app


@pytest.fixture
def second_passes(bootstrapped: Context) -> Callable[[], None]:
    """Makes what this process knows of tenants, revocations and entitlements a second older, as waiting would."""
    known = shared_state(bootstrapped.settings.shared_database)._snapshot

    def passes() -> None:
        known._due -= 1.05

    return passes


@pytest.fixture
def keycloak(bootstrapped: Context) -> Iterator[KeycloakPeer]:
    """Keycloak, as the settings name it."""
    settings = bootstrapped.settings.author_sign_in
    assert settings is not None
    with KeycloakPeer(urlsplit(settings.internal_url).port or 0, settings.client_secret.current) as peer:
        yield peer


@pytest.fixture
def author(bootstrapped: Context, keycloak: KeycloakPeer) -> Author:
    """A browser at the authors' origin that has not signed in."""
    return Author(bootstrapped, keycloak)


@pytest.fixture(scope="module")
def page(bootstrapped: Context, stack: Servers) -> Iterator[OwnDashboard]:
    """A dashboard of the tests' own."""
    sql = "SELECT id FROM shared.catalog_ids WHERE kind = 'dataset' AND key = 'appointments'"
    with own_dashboard(bootstrapped, stack.query("embedstack", sql)[0][0]) as own:
        yield own


@pytest.fixture
def host(guests: Guests, issuer: Issuer) -> Host:
    """A host with tokens of its own."""
    return Host(guests, issuer)


@pytest.fixture
def guests(bootstrapped: Context, stack: Servers) -> Guests:
    """Signs tokens and asks as their guests."""
    return Guests(bootstrapped, stack)
