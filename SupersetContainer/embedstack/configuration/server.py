"""Where and with how many hands Superset's web server works."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from embedstack.configuration.environment import Environment
from embedstack.configuration.processors import available_processors

# Each worker takes some 300 MB; more than this many is a reason for another instance.
_MOST_WORKERS = 8


@dataclass(frozen=True)
class WebServer:
    """SUPERSET_BIND, or loopback and SUPERSET_PORT; workers, threads, and the seconds that a request and a stop may take."""

    bind: str
    workers: int
    threads: int
    timeout: int
    graceful_timeout: int

    @classmethod
    def read(
        cls,
        values: Mapping[str, str] = os.environ,
        processors: Callable[[], int] = available_processors,
    ) -> "WebServer":
        """Reads this process' environment."""
        environment = Environment(values)
        bind = values.get("SUPERSET_BIND") or f"127.0.0.1:{environment.number('SUPERSET_PORT')}"
        return cls(
            bind=bind,
            workers=environment.number("SUPERSET_WORKERS", min(processors(), _MOST_WORKERS)),
            threads=environment.number("SUPERSET_THREADS", 8),
            timeout=environment.number("SUPERSET_TIMEOUT", 120),
            # Shorter than the patience of who stops it: 6 seconds with Aspire, 10 with Docker and Podman.
            graceful_timeout=environment.number("SUPERSET_GRACEFUL_TIMEOUT", 4),
        )
