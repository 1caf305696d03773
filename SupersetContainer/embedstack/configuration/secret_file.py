"""Secrets that rotate while the process runs."""

import os
from pathlib import Path

from embedstack.configuration.errors import ConfigurationError
from embedstack.configuration.secret_rules import check_secret


class SecretFile:
    """A file that holds a secret: first line the current value, optional second line the previous one.

    The file is read again when it changes, so that a rotation needs no restart. An unreadable file
    raises: whoever depends on the secret refuses rather than going on with a withdrawn one.
    """

    def __init__(self, name: str, path: Path) -> None:
        self._name = name
        self._path = path
        self._stamp: tuple[int, int, int] | None = None
        self._values: tuple[str, ...] = ()

    @property
    def current(self) -> str:
        """The value to sign with."""
        return self.values[0]

    @property
    def values(self) -> tuple[str, ...]:
        """The values to accept: current first, then the previous one if the file has it."""
        try:
            stat = os.stat(self._path)
            stamp = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
            if stamp != self._stamp:
                self._values = self._read()
                self._stamp = stamp
        except OSError as error:
            raise ConfigurationError(
                f"{self._name}: cannot read {self._path} ({error.strerror}); "
                "write the secret there, mode 0600"
            ) from error
        return self._values

    def _read(self) -> tuple[str, ...]:
        lines = self._path.read_text(encoding="utf-8").splitlines()
        values = tuple(line.strip() for line in lines[:2] if line.strip())
        if not values:
            raise ConfigurationError(
                f"{self._name}: {self._path} is empty; write the secret on its first line"
            )
        for value in values:
            check_secret(self._name, value)
        return values
