"""Where and with how many hands Superset's web server works."""

import os
from dataclasses import dataclass

from embedstack.configuration.environment import Environment


@dataclass(frozen=True)
class WebServer:
    """SUPERSET_BIND, or loopback and SUPERSET_PORT; SUPERSET_WORKERS and SUPERSET_THREADS."""

    bind: str
    workers: int
    threads: int

    @classmethod
    def read(cls) -> "WebServer":
        """Reads this process' environment."""
        environment = Environment(os.environ)
        bind = os.environ.get("SUPERSET_BIND") or f"127.0.0.1:{environment.number('SUPERSET_PORT')}"
        return cls(
            bind=bind,
            workers=environment.number("SUPERSET_WORKERS", 2),
            threads=environment.number("SUPERSET_THREADS", 8),
        )
