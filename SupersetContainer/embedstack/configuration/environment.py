"""Reads single values from the environment, with one line of error each."""

from collections.abc import Mapping
from pathlib import Path

from embedstack.configuration.errors import ConfigurationError
from embedstack.configuration.secret_file import SecretFile
from embedstack.configuration.secret_rules import check_secret


class Environment:
    """The process environment, or a stand-in for it in tests."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values

    def text(self, name: str, default: str | None = None) -> str:
        """A value that must not be empty."""
        value = self._values.get(name, "").strip() or default
        if value is None:
            raise ConfigurationError(f"{name} is not set; the AppHost sets it, or export it")
        return value

    def number(self, name: str, default: int | None = None) -> int:
        """A positive whole number."""
        value = self.text(name, None if default is None else str(default))
        if not value.isascii() or not value.isdigit() or int(value) == 0:
            raise ConfigurationError(f"{name} is '{value}'; a positive whole number is needed")
        return int(value)

    def switch(self, name: str) -> bool:
        """True or false; false where it is not set."""
        value = self.text(name, "false").lower()
        if value not in ("true", "false"):
            raise ConfigurationError(f"{name} is '{value}'; true or false is needed")
        return value == "true"

    def has(self, name: str) -> bool:
        """Whether there is a value, of something that may be left out."""
        return bool(self._values.get(name, "").strip())

    def secret(self, name: str) -> str:
        """A secret that stays for the life of the process."""
        value = self.text(name)
        check_secret(name, value)
        return value

    def secret_file(self, name: str) -> SecretFile:
        """A secret in the file that NAME_FILE points at."""
        file = SecretFile(f"{name}_FILE", Path(self.text(f"{name}_FILE")))
        _ = file.values
        return file
