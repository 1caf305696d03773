"""gunicorn: one import of Superset shared by all workers, connections opened after the fork."""

from typing import Any

from embedstack.configuration.errors import or_exit
from embedstack.configuration.server import WebServer
from embedstack.configuration.settings import current_settings
from embedstack.telemetry import start_telemetry

# Ends with one line before Superset's import takes its ten seconds.
or_exit(current_settings)
_server = or_exit(WebServer.read)

bind = _server.bind
workers = _server.workers
threads = _server.threads
worker_class = "gthread"
preload_app = True
timeout = _server.timeout
graceful_timeout = _server.graceful_timeout
keepalive = 75
# Its default place is one path for all instances of a user.
control_socket_disable = True
# A guest token with its rules and assertion travels in one header.
limit_request_field_size = 65536
# The most that gunicorn takes: filters travel in the embedded page's address.
limit_request_line = 8190
forwarded_allow_ips = ""


def post_fork(server: Any, worker: Any) -> None:
    """Leaves the parent's database connections to the parent and starts what needs threads."""
    from superset.extensions import db

    app = server.app.wsgi()
    with app.app_context():
        db.engine.dispose(close=False)
    start_telemetry(app)
