"""The Superset configuration, in the names that Superset's config.py documents."""

import os
import secrets
import tempfile
from functools import partial
from typing import Any

from flask import Flask
from flask_appbuilder.const import AUTH_OAUTH

from embedstack.authoring import add_authoring
from embedstack.authors.reads import tell_reads
from embedstack.cache_failures import tell_cache_failures
from embedstack.configuration.browser import browser_configuration
from embedstack.configuration.caches import cache_configuration
from embedstack.configuration.connections import CONNECT_TIMEOUT_SECONDS
from embedstack.configuration.features import FEATURE_FLAGS
from embedstack.configuration.settings import Settings
from embedstack.data_version import follow_asset_changes
from embedstack.database.mutator import ConnectionMutator
from embedstack.event_log import EventLogger
from embedstack.ingress import IngressMiddleware
from embedstack.log_configuration import RedactingLoggingConfigurator
from embedstack.pages import complete_pages
from embedstack.security.manager import EmbedSecurityManager
from embedstack.security.mint import MintValidator
from embedstack.security.roles import VIEWER_ROLE
from embedstack.shared.state import shared_state

_NEVER = 10**9


def superset_configuration(settings: Settings) -> dict[str, Any]:
    """All values that differ from Superset's defaults."""
    return {
        **_metadata(settings),
        **_identity(settings),
        **browser_configuration(settings),
        **cache_configuration(settings.redis),
        "FEATURE_FLAGS": FEATURE_FLAGS,
        # Those of the app. A page is in the one that its address names, and in English otherwise.
        "LANGUAGES": {
            "en": {"flag": "us", "name": "English"},
            "de": {"flag": "de", "name": "Deutsch"},
        },
        "DB_CONNECTION_MUTATOR": ConnectionMutator(
            settings.clinic_database, settings.authors, shared_state(settings.shared_database)
        ),
        "ADDITIONAL_MIDDLEWARE": [
            partial(
                IngressMiddleware,
                secret=settings.ingress_secret,
                authors_host=settings.author_sign_in and settings.author_sign_in.host,
            )
        ],
        "ENABLE_PROXY_FIX": True,
        "PROXY_FIX_CONFIG": {"x_for": 1, "x_proto": 1, "x_host": 1, "x_port": 1, "x_prefix": 0},
        "EVENT_LOGGER": EventLogger(),
        "LOGGING_CONFIGURATOR": RedactingLoggingConfigurator(),
        # Migrations would replace the handlers, and the redaction with them.
        "ALEMBIC_SKIP_LOG_CONFIG": True,
        "FLASK_APP_MUTATOR": partial(_extend, settings),
        "DASHBOARD_AUTO_REFRESH_MODE": "fetch",
        # Streaming CSV runs after the request and sends no guest token: never switched to. The row_limit that it goes by is the
        # stored one, by the payload wall.
        "CSV_STREAMING_ROW_THRESHOLD": _NEVER,
        "SQL_MAX_ROW": 100_000,
        # One proxy stands in front: a limit per address would be one limit for everybody.
        "RATELIMIT_ENABLED": False,
        "RATELIMIT_STORAGE_URI": "memory://",
        "AUTH_RATE_LIMITED": False,
        "FAB_API_SWAGGER_UI": False,
        "EXCLUDE_USERS_FROM_LISTS": [settings.service_account_username],
        "SMTP_PASSWORD": "",
        # Superset makes both folders at start, by default in the home and in its own installation.
        "DATA_DIR": os.environ.get("SUPERSET_HOME") or tempfile.gettempdir(),
        "UPLOAD_FOLDER": "",
    }


def _extend(settings: Settings, app: Flask) -> None:
    follow_asset_changes(settings.shared_database, app)
    tell_cache_failures(app)
    complete_pages(app)
    if settings.authors is not None:
        add_authoring(app)
        tell_reads(app)


def _metadata(settings: Settings) -> dict[str, Any]:
    return {
        "SQLALCHEMY_DATABASE_URI": settings.metadata_database.url.render_as_string(hide_password=False),
        "SQLALCHEMY_ENGINE_OPTIONS": {
            "pool_pre_ping": True,
            "connect_args": {
                "connect_timeout": CONNECT_TIMEOUT_SECONDS,
                "options": "-c statement_timeout=120000",
                "application_name": "superset",
            },
        },
    }


def _identity(settings: Settings) -> dict[str, Any]:
    return {
        "SECRET_KEY": settings.secret_key,
        "JWT_SECRET_KEY": settings.jwt_secret_key,
        "CUSTOM_SECURITY_MANAGER": EmbedSecurityManager,
        # Closes the form for passwords; who signs in, and how, is the security manager's.
        "AUTH_TYPE": AUTH_OAUTH,
        "OAUTH_PROVIDERS": [],
        "PUBLIC_ROLE_LIKE": None,
        "GUEST_ROLE_NAME": VIEWER_ROLE,
        "GUEST_TOKEN_JWT_AUDIENCE": settings.guest_token_audience,
        "GUEST_TOKEN_JWT_EXP_SECONDS": settings.guest_token_seconds,
        # What signs and verifies is read from the file at each use; this keeps the default out.
        "GUEST_TOKEN_JWT_SECRET": settings.guest_token_secret.current,
        "GUEST_TOKEN_VALIDATOR_HOOK": MintValidator(settings.assertion_key, shared_state(settings.shared_database)),
        # Unused while async queries are off; Superset's default is a published one.
        "GLOBAL_ASYNC_QUERIES_JWT_SECRET": secrets.token_urlsafe(48),
    }
