"""assets/catalog.yaml: which dashboards there are, for whom, and over which datasets."""

import re
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from embedstack.bootstrap.failure import BootstrapFailure

_KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}\Z")


@dataclass(frozen=True)
class CatalogDashboard:
    """A dashboard that may be embedded."""

    key: str
    title: str
    uuid: str
    embedded_uuid: str
    datasets: tuple[str, ...]
    roles: tuple[str, ...]


@dataclass(frozen=True)
class Catalog:
    """Dashboards, and dataset keys with their UUIDs."""

    dashboards: tuple[CatalogDashboard, ...]
    datasets: dict[str, str]

    @classmethod
    def load(cls, path: Path) -> "Catalog":
        """Reads and checks the file."""
        try:
            document = yaml.safe_load(path.read_text(encoding="utf-8"))
            catalog = cls(
                dashboards=tuple(_dashboard(entry) for entry in document["dashboards"]),
                datasets={_key(entry): _uuid(entry, "uuid") for entry in document["datasets"]},
            )
        except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
            raise BootstrapFailure(f"{path.name} cannot be read: {error}") from error
        catalog._check()
        return catalog

    def _check(self) -> None:
        identifiers = [d.uuid for d in self.dashboards] + [d.embedded_uuid for d in self.dashboards]
        identifiers += list(self.datasets.values())
        if len(set(identifiers)) != len(identifiers):
            raise BootstrapFailure("catalog.yaml uses one UUID twice")
        if len({d.key for d in self.dashboards}) != len(self.dashboards):
            raise BootstrapFailure("catalog.yaml uses one dashboard key twice")
        for dashboard in self.dashboards:
            for key in dashboard.datasets:
                if key not in self.datasets:
                    raise BootstrapFailure(
                        f"catalog.yaml: dashboard '{dashboard.key}' names dataset '{key}', "
                        "which is not listed"
                    )


def _dashboard(entry: dict[str, Any]) -> CatalogDashboard:
    return CatalogDashboard(
        key=_key(entry),
        title=str(entry["title"]),
        uuid=_uuid(entry, "uuid"),
        embedded_uuid=_uuid(entry, "embedded_uuid"),
        datasets=tuple(entry["datasets"]),
        roles=tuple(entry["roles"]),
    )


def _key(entry: dict[str, Any]) -> str:
    key = entry["key"]
    if not isinstance(key, str) or not _KEY.match(key):
        raise BootstrapFailure(f"catalog.yaml: '{key}' is no key (a-z, 0-9, _ and -)")
    return key


def _uuid(entry: dict[str, Any], name: str) -> str:
    try:
        return str(uuid.UUID(str(entry[name])))
    except ValueError as error:
        raise BootstrapFailure(f"catalog.yaml: '{entry[name]}' is no UUID") from error
