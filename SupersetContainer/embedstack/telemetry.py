"""OpenTelemetry for one worker process."""

import os

from flask import Flask


def start_telemetry(app: Flask) -> None:
    """Starts exporters and instruments Flask, Postgres, Redis and outgoing HTTP.

    Called after the fork: exporter threads do not survive one. Does nothing where no OTLP endpoint is
    configured. Endpoint, protocol, headers and service name are read from OTEL_* by the distro.
    """
    if not os.environ.get("OTEL_EXPORTER_OTLP_ENDPOINT"):
        return
    from opentelemetry.distro import OpenTelemetryConfigurator, OpenTelemetryDistro
    from opentelemetry.instrumentation.flask import FlaskInstrumentor
    from opentelemetry.instrumentation.psycopg2 import Psycopg2Instrumentor
    from opentelemetry.instrumentation.redis import RedisInstrumentor
    from opentelemetry.instrumentation.requests import RequestsInstrumentor

    os.environ.setdefault("OTEL_SERVICE_NAME", "superset")
    OpenTelemetryDistro().configure()
    OpenTelemetryConfigurator().configure(auto_instrumentation_version=None)
    FlaskInstrumentor().instrument_app(app, excluded_urls="health,static/.*")
    trace_refusals(app)
    # psycopg2-binary satisfies the instrumentation, its dependency check only knows psycopg2.
    Psycopg2Instrumentor().instrument(skip_dep_check=True)
    RedisInstrumentor().instrument()
    RequestsInstrumentor().instrument()


def trace_refusals(app: Flask) -> None:
    """Moves the hook that was added last to the front: a request that another hook ends has a span as well."""
    hooks = app.before_request_funcs[None]
    hooks.insert(0, hooks.pop())
