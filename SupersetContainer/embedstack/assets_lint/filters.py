"""Rules on native filters and cross-filters: each reaches only charts that have its column."""

from collections.abc import Iterator
from typing import Any

from embedstack.assets_lint.assets import Assets, Document, columns
from embedstack.assets_lint.queries import is_fixed, moving_time
from embedstack.assets_lint.questions import time_ranges
from embedstack.assets_lint.refusal import Refusal

# What the guests' wall knows how to hold against the stored filter.
FILTER_TYPES = ("filter_time", "filter_select")


def check_filters(assets: Assets) -> Iterator[Refusal]:
    """Native filters, then cross-filters."""
    for file, dashboard in assets.dashboards.items():
        for item in dashboard["metadata"].get("native_filter_configuration") or []:
            yield from _check_native(file, item, dashboard, assets)
        yield from _check_cross(file, dashboard, assets)


def _check_native(file: str, item: Document, dashboard: Document, assets: Assets) -> Iterator[Refusal]:
    name = item["name"]
    if item["filterType"] not in FILTER_TYPES:
        yield Refusal(
            file, "filter-type", f"filter '{name}' is a {item['filterType']}",
            f"use one of {', '.join(FILTER_TYPES)}",
        )  # fmt: skip
    for text in time_ranges(item.get("defaultDataMask")):
        if not is_fixed(text):
            yield moving_time(file, text)
    for target in item["targets"]:
        if "datasetUuid" not in target:
            continue
        column = target["column"]["name"]
        dataset = assets.datasets_by_uuid.get(target["datasetUuid"])
        if dataset is None or column not in columns(dataset):
            yield Refusal(
                file, "filter-column", f"filter '{name}' asks '{column}', which its dataset does not declare",
                "declare the column, or choose another",
            )  # fmt: skip
        yield from _reach(file, f"filter '{name}'", [column], item["scope"], dashboard, assets)


def _check_cross(file: str, dashboard: Document, assets: Assets) -> Iterator[Refusal]:
    if not dashboard["metadata"].get("cross_filters_enabled"):
        yield Refusal(file, "cross-filters", "cross-filters are off", "set cross_filters_enabled to true")
    for key, item in (dashboard["metadata"].get("chart_configuration") or {}).items():
        source = assets.charts_by_uuid.get(key)
        if source is None:
            continue
        scope = item["crossFilters"]["scope"]
        emitted = [name for name in emitted_columns(source) if name in columns(assets.dataset_of(source))]
        scope = {"excluded": []} if scope == "global" else scope
        yield from _reach(file, f"chart '{source['slice_name']}'", emitted, scope, dashboard, assets)


def emitted_columns(chart: Document) -> list[str]:
    """The columns that a click in the chart filters by; a time axis filters by none."""
    params = chart["params"]
    found = params.get("groupby") or []
    if "time_grain_sqla" not in params and isinstance(params.get("x_axis"), str):
        found = [*found, params["x_axis"]] if isinstance(found, list) else [found, params["x_axis"]]
    return [name for name in ([found] if isinstance(found, str) else found) if isinstance(name, str)]


def _reach(
    file: str, who: str, names: list[str], scope: dict[str, Any], dashboard: Document, assets: Assets
) -> Iterator[Refusal]:
    for chart in assets.charts_on(dashboard):
        if chart["uuid"] in scope.get("excluded", []):
            continue
        for column in names:
            if column not in columns(assets.dataset_of(chart)):
                yield Refusal(
                    file, "filter-scope", f"{who} reaches '{chart['slice_name']}', which has no '{column}'",
                    "take that chart out of its scope",
                )  # fmt: skip
