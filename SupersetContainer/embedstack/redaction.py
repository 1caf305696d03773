"""Keeps tokens out of logs."""

import logging
import re
from typing import Any

MASK = "[token]"
SECRET_KEYS = frozenset({"guest_token", "csrf_token", "access_token", "refresh_token", "token", "password", "last_name"})

_COMPACT_JWS = re.compile(r"eyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*")


def redact_text(text: str) -> str:
    """The text with every compact JWS replaced."""
    return _COMPACT_JWS.sub(MASK, text) if "eyJ" in text else text


def redact(value: Any) -> Any:
    """A copy of JSON-like data without tokens, whether named so or recognisable."""
    if isinstance(value, str):
        return redact_text(value)
    if isinstance(value, dict):
        return {k: MASK if k in SECRET_KEYS and v else redact(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [redact(item) for item in value]
    return value


class RedactingFormatter(logging.Formatter):
    """Formats as usual, tracebacks included, and then removes tokens."""

    def format(self, record: logging.LogRecord) -> str:
        """The line to write."""
        return redact_text(super().format(record))
