"""The one error that stops a start."""

import sys
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class ConfigurationError(Exception):
    """Names what is wrong in the environment and what to do, in one line without secret values."""


def or_exit(read: Callable[[], T]) -> T:
    """What `read` returns; ends the process with one line when the configuration is wrong."""
    try:
        return read()
    except ConfigurationError as error:
        sys.exit(f"Superset does not start: {error}")
