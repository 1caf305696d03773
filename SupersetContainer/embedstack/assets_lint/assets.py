"""The assets as they stand in their files, and the look-ups that rules share."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from embedstack.catalog import Catalog, CatalogDashboard

Document = dict[str, Any]


@dataclass(frozen=True)
class Assets:
    """Documents by file name, relative to the assets' folder."""

    catalog: Catalog
    datasets: Mapping[str, Document]
    charts: Mapping[str, Document]
    dashboards: Mapping[str, Document]
    series_values: Mapping[str, list[str]]

    @classmethod
    def load(cls, root: Path) -> "Assets":
        """Reads the folder; ConfigurationError where the catalogue is at fault."""
        return cls(
            Catalog.load(root / "catalog.yaml"),
            *(_documents(root, kind) for kind in ("datasets", "charts", "dashboards")),
            yaml.safe_load((root / "series_values.yaml").read_text(encoding="utf-8")),
        )

    @cached_property
    def datasets_by_uuid(self) -> dict[str, Document]:
        """All datasets, in the catalogue or not."""
        return {document["uuid"]: document for document in self.datasets.values()}

    @cached_property
    def charts_by_uuid(self) -> dict[str, Document]:
        """All charts, on a dashboard or not."""
        return {document["uuid"]: document for document in self.charts.values()}

    @cached_property
    def dataset_keys(self) -> dict[str, str]:
        """The catalogue's dataset keys by UUID."""
        return {dataset.uuid: key for key, dataset in self.catalog.datasets.items()}

    def dataset_of(self, chart: Document) -> Document:
        """The chart's dataset; an empty one where no file has it."""
        return self.datasets_by_uuid.get(chart["dataset_uuid"], {"columns": [], "metrics": []})

    def charts_on(self, dashboard: Document) -> list[Document]:
        """The dashboard's charts that have a file, in the order of their rows."""
        return [self.charts_by_uuid[uuid] for uuid in placed(dashboard) if uuid in self.charts_by_uuid]

    def entry_of(self, dashboard: Document) -> CatalogDashboard | None:
        """The catalogue's entry, if there is one."""
        return next((e for e in self.catalog.dashboards if e.uuid == dashboard["uuid"]), None)


def placed(dashboard: Document) -> list[str]:
    """UUIDs of the charts in the dashboard's layout."""
    return [item["meta"]["uuid"] for item in layout(dashboard) if item["type"] == "CHART"]


def layout(dashboard: Document) -> list[Document]:
    """The layout's items."""
    return [item for item in dashboard["position"].values() if isinstance(item, dict)]


def columns(dataset: Document) -> dict[str, Document]:
    """The dataset's columns by name, calculated ones included."""
    return {column["column_name"]: column for column in dataset["columns"]}


def metrics(dataset: Document) -> dict[str, Document]:
    """The dataset's named metrics."""
    return {metric["metric_name"]: metric for metric in dataset["metrics"]}


def query_context(chart: Document) -> Document:
    """What Explore recorded; empty where nothing was."""
    text = chart.get("query_context")
    return json.loads(text) if text else {}


def _documents(root: Path, kind: str) -> dict[str, Document]:
    return {
        path.relative_to(root).as_posix(): yaml.safe_load(path.read_text(encoding="utf-8"))
        for path in sorted((root / kind).rglob("*.yaml"))
    }
