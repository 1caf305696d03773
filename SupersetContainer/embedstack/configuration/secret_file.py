"""Secrets that rotate while the process runs."""

import math
import os
import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from embedstack.configuration.errors import ConfigurationError
from embedstack.configuration.secret_rules import check_secret

# The year 9999, where the Api's calendar ends.
_LATEST = 253_402_300_000
_UNTIL = re.compile(r"until ([0-9]{1,12})")


class SecretFile:
    """A file that holds a secret: first line the current value, optional second line the previous one, optional third
    line until when that one counts (`until` and seconds since 1970).

    The file is read again when it changes, so that a rotation needs no restart. An unreadable file
    raises: whoever depends on the secret refuses rather than going on with a withdrawn one.
    """

    def __init__(self, name: str, path: Path, clock: Callable[[], float] = time.time) -> None:
        self._name = name
        self._clock = clock
        self._end = math.inf
        self._path = path
        self._stamp: tuple[int, int, int] | None = None
        self._values: tuple[str, ...] = ()

    @property
    def current(self) -> str:
        """The value to sign with."""
        return self.values[0]

    @property
    def values(self) -> tuple[str, ...]:
        """The values to accept: current first, then the previous one if the file has it and it still counts."""
        try:
            stat = os.stat(self._path)
            stamp = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
            if stamp != self._stamp:
                self._values = self._read()
                self._stamp = stamp
        except OSError as error:
            raise ConfigurationError(
                f"{self._name}: cannot read {self._path} ({error.strerror}); write the secret there, mode 0600"
            ) from error
        return self._values if self._clock() < self._end else self._values[:1]

    def _read(self) -> tuple[str, ...]:
        lines = [line.strip() for line in self._path.read_text(encoding="utf-8").splitlines() if line.strip()]
        values = tuple(lines[:2])
        if not values:
            raise ConfigurationError(f"{self._name}: {self._path} is empty; write the secret on its first line")
        for value in values:
            check_secret(self._name, value)
        self._end = _end(lines[2:])
        return values


def _end(lines: Sequence[str]) -> float:
    """What cannot be read as a time is over."""
    if not lines:
        return math.inf
    read = _UNTIL.fullmatch(lines[0])
    return float(read[1]) if read and int(read[1]) < _LATEST else -math.inf
