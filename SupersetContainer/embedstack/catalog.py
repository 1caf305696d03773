"""assets/catalog.yaml: which dashboards there are, for whom, over which datasets, and who sees which rows."""

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from embedstack.configuration.errors import ConfigurationError
from embedstack.security.rules.terms import check_term, placeholders, render
from embedstack.security.identity import ROLES, DataIdentity

CATALOG_FILE = Path(__file__).parents[1] / "assets" / "catalog.yaml"

NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})

_KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}\Z")
_COLUMN = re.compile(r"[a-z_][a-z0-9_]{0,62}\Z")


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
class CatalogDataset:
    """A dataset: by role, the terms that all hold for its rows; and the columns that drilling may show."""

    key: str
    uuid: str
    rows: Mapping[str, tuple[str, ...]]
    detail_columns: tuple[str, ...]


@dataclass(frozen=True)
class Catalog:
    """Dashboards, datasets by key, and the row terms."""

    dashboards: tuple[CatalogDashboard, ...]
    datasets: Mapping[str, CatalogDataset]
    row_terms: Mapping[str, str]

    @classmethod
    def load(cls, path: Path = CATALOG_FILE) -> "Catalog":
        """Reads and checks the file; the first fault raises ConfigurationError."""
        try:
            document = yaml.safe_load(path.read_text(encoding="utf-8"))
            terms = {_key(name): check_term(name, text) for name, text in document["row_terms"].items()}
            datasets = [_dataset(entry, terms) for entry in document["datasets"]]
            catalog = cls(
                dashboards=tuple(_dashboard(entry) for entry in document["dashboards"]),
                datasets={dataset.key: dataset for dataset in datasets},
                row_terms=terms,
            )
        except (OSError, yaml.YAMLError, AttributeError, KeyError, TypeError) as error:
            raise ConfigurationError(f"{path.name} cannot be read: {error!r}") from error
        if len(catalog.datasets) != len(datasets):
            raise ConfigurationError("catalog.yaml uses one dataset key twice")
        catalog._check()
        return catalog

    def clause(self, dataset: str, identity: DataIdentity, attributes: Mapping[str, str] = NO_ATTRIBUTES) -> str | None:
        """The condition on the dataset's rows for this identity; None where its role sees nothing.

        A term of an attribute that the person does not have closes the dataset.
        """
        names = self.datasets[dataset].rows.get(identity.role)
        if names is None:
            return None
        terms = [self.row_terms[name] for name in names]
        values = {"tenant": identity.tenant, "staff": identity.staff, **attributes}
        if not all(placeholders(term) <= values.keys() for term in terms):
            return None
        return " AND ".join(render(term, values) for term in terms)

    def _check(self) -> None:
        identifiers = [d.uuid for d in self.dashboards] + [d.embedded_uuid for d in self.dashboards]
        identifiers += [dataset.uuid for dataset in self.datasets.values()]
        if len(set(identifiers)) != len(identifiers):
            raise ConfigurationError("catalog.yaml uses one UUID twice")
        if len({d.key for d in self.dashboards}) != len(self.dashboards):
            raise ConfigurationError("catalog.yaml uses one dashboard key twice")
        for dashboard in self.dashboards:
            for key in dashboard.datasets:
                if key not in self.datasets:
                    raise ConfigurationError(
                        f"catalog.yaml: dashboard '{dashboard.key}' names dataset '{key}', which is not listed"
                    )


@lru_cache(maxsize=1)
def current_catalog() -> Catalog:
    """The catalogue of this process, read once."""
    return Catalog.load()


def _dashboard(entry: dict[str, Any]) -> CatalogDashboard:
    key = _key(entry["key"])
    return CatalogDashboard(
        key=key,
        title=str(entry["title"]),
        uuid=_uuid(entry, "uuid"),
        embedded_uuid=_uuid(entry, "embedded_uuid"),
        datasets=tuple(entry["datasets"]),
        roles=tuple(_role(role, f"dashboard '{key}'") for role in entry["roles"]),
    )


def _dataset(entry: dict[str, Any], terms: Mapping[str, str]) -> CatalogDataset:
    key = _key(entry["key"])
    return CatalogDataset(
        key=key,
        uuid=_uuid(entry, "uuid"),
        rows={_role(role, f"dataset '{key}'"): _terms(key, role, names, terms) for role, names in entry["rows"].items()},
        detail_columns=tuple(_column(key, name) for name in entry.get("detail_columns", ())),
    )


def _terms(dataset: str, role: str, names: object, terms: Mapping[str, str]) -> tuple[str, ...]:
    if not isinstance(names, list) or not names:
        raise ConfigurationError(f"catalog.yaml: dataset '{dataset}' lists no row terms for '{role}'")
    for name in names:
        if name not in terms:
            raise ConfigurationError(f"catalog.yaml: dataset '{dataset}' names row term '{name}', which is not there")
        if role != "clinician" and "staff" in placeholders(terms[name]):
            needs = f"the term '{name}', which needs a clinician"
            raise ConfigurationError(f"catalog.yaml: dataset '{dataset}' gives '{role}' {needs}")
    return tuple(names)


def _role(role: object, where: str) -> str:
    if role not in ROLES:
        raise ConfigurationError(f"catalog.yaml: {where} names '{role}', which is no role")
    return str(role)


def _column(dataset: str, name: object) -> str:
    if not isinstance(name, str) or not _COLUMN.match(name):
        raise ConfigurationError(f"catalog.yaml: dataset '{dataset}' has '{name}', which is no column")
    return name


def _key(key: object) -> str:
    if not isinstance(key, str) or not _KEY.match(key):
        raise ConfigurationError(f"catalog.yaml: '{key}' is no key (a-z, 0-9, _ and -)")
    return key


def _uuid(entry: dict[str, Any], name: str) -> str:
    try:
        return str(uuid.UUID(str(entry[name])))
    except ValueError as error:
        raise ConfigurationError(f"catalog.yaml: '{entry[name]}' is no UUID") from error
