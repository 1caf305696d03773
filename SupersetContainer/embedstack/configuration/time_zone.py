"""Where Superset's day begins: `Last week` and the like are resolved by the process' own clock."""

import zoneinfo
from pathlib import Path

from embedstack.configuration.errors import ConfigurationError

_DEFAULT = "UTC"


def check_time_zone(name: str) -> None:
    """Raises ConfigurationError for a zone of which the C library knows nothing: it would take UTC and say nothing."""
    if name == _DEFAULT:
        return
    # Python may bring zones of its own; they do not count.
    known = any((Path(folder) / name).is_file() for folder in zoneinfo.TZPATH)
    if not known or ".." in Path(name).parts:
        raise ConfigurationError(f"TZ is '{name}', which this machine does not know; install tzdata, or name another")
