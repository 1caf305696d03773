"""What is stored: a dashboard's charts and native filters, and what its datasets offer."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from embedstack.security.payload.query import Query, canonical, column_names

TIME_FILTER = "filter_time"
GRAIN_FILTER = "filter_timegrain"


@dataclass(frozen=True)
class StoredChart:
    """A chart as its author saved it."""

    id: int
    dataset: int
    queries: tuple[Query, ...]
    form_data: Mapping[str, Any]

    @classmethod
    def read(cls, id: int, dataset: int, query_context: str | None, default_row_limit: int) -> "StoredChart":
        """From the text in Superset's table; a chart without a stored query has none that may be asked."""
        context = json.loads(query_context or "{}")
        return cls(
            id=id,
            dataset=dataset,
            queries=tuple(canonical(query, default_row_limit) for query in context.get("queries") or []),
            form_data=context.get("form_data") or {},
        )


@dataclass(frozen=True)
class StoredFilter:
    """A native filter of a dashboard."""

    id: str
    kind: str
    targets: frozenset[tuple[int, str]]
    settings: Mapping[str, Any]

    @classmethod
    def read(cls, entry: Mapping[str, Any]) -> "StoredFilter":
        """From one entry of `native_filter_configuration`."""
        targets = [
            (target["datasetId"], target["column"]["name"])
            for target in entry.get("targets") or []
            if target.get("datasetId") and (target.get("column") or {}).get("name")
        ]
        return cls(str(entry.get("id")), str(entry.get("filterType")), frozenset(targets), entry)


@dataclass(frozen=True)
class Dataset:
    """What a dataset offers beside what charts store: by column name the verbose name, and flags."""

    id: int
    columns: Mapping[str, str | None]
    groupable: frozenset[str] = frozenset()
    time_column: str | None = None
    detail_columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class StoredDashboard:
    """A dashboard of the guest's token."""

    id: int
    charts: Mapping[int, StoredChart] = field(default_factory=dict)
    filters: Mapping[str, StoredFilter] = field(default_factory=dict)

    @classmethod
    def read(cls, id: int, charts: list[StoredChart], json_metadata: str | None) -> "StoredDashboard":
        """From its charts and the text in Superset's table."""
        metadata = json.loads(json_metadata or "{}")
        filters = [StoredFilter.read(entry) for entry in metadata.get("native_filter_configuration") or []]
        return cls(id, {chart.id: chart for chart in charts}, {entry.id: entry for entry in filters})

    def has_filter(self, kind: str) -> bool:
        """Whether the dashboard shows a native filter of this kind."""
        return any(entry.kind == kind for entry in self.filters.values())

    def charts_of(self, dataset: int) -> list[StoredChart]:
        """Charts over one dataset."""
        return [chart for chart in self.charts.values() if chart.dataset == dataset]

    def filterable(self, dataset: Dataset) -> frozenset[str]:
        """Columns by which native filters, clicks on charts and the time filter may filter the dataset.

        Filters reach every chart that has a column of the name, whatever dataset they come from.
        """
        names = {name for entry in self.filters.values() for _, name in entry.targets}
        for chart in self.charts.values():
            for query in chart.queries:
                names |= column_names(query["columns"])
                names |= column_names(entry["col"] for entry in query["filters"] if entry.get("op") == "TEMPORAL_RANGE")
        if dataset.time_column:
            names.add(dataset.time_column)
        return with_verbose_names(names, dataset)


def with_verbose_names(names: set[str] | frozenset[str], dataset: Dataset) -> frozenset[str]:
    """The names and the titles that Superset takes for them: those that are no other column's name."""
    titles = {dataset.columns.get(name) for name in names}
    return frozenset(names | {title for title in titles if title and title not in dataset.columns})
