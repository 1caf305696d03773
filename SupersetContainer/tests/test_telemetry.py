from flask import Flask
from opentelemetry.instrumentation.flask import FlaskInstrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from embedstack.telemetry import trace_refusals


def test_request_that_a_hook_refuses_is_traced():
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    app = Flask("refusing")
    app.before_request(lambda: ("", 401))
    FlaskInstrumentor().instrument_app(app, tracer_provider=provider)
    trace_refusals(app)
    assert app.test_client().get("/").status_code == 401
    assert [span.attributes["http.status_code"] for span in exporter.get_finished_spans()] == [401]
