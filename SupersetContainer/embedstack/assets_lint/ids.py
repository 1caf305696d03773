"""Numbers of the installation from which the assets were exported: they mean something else elsewhere."""

import re
from collections.abc import Iterator
from typing import Any

from embedstack.assets_lint.assets import Assets, query_context
from embedstack.assets_lint.refusal import Refusal

_NAMES = frozenset({"chartId", "chartsInScope", "dashboardId", "dashboards", "datasetId", "datasource_id"})
_NAMES |= {"excluded", "expanded_slices", "slice_id", "timed_refresh_immune_slices"}
_NUMBER = re.compile(r"\d+(__table)?\Z")


def check_ids(assets: Assets) -> Iterator[Refusal]:
    """Charts, their recorded queries, dashboards."""
    for file, chart in assets.charts.items():
        context = query_context(chart)
        source = context.get("datasource", {}).get("id")
        found = [f"datasource {source}"] if _is_number(source) else []
        yield from _refuse(file, [*_numbers(chart["params"]), *_numbers(context), *found])
    for file, dashboard in assets.dashboards.items():
        charts = dashboard["metadata"].get("chart_configuration") or {}
        found = [f"chart_configuration {key}" for key in charts if _is_number(key)]
        found += [f"id {item['id']}" for item in charts.values() if _is_number(item.get("id"))]
        yield from _refuse(file, [*_numbers(dashboard["position"]), *_numbers(dashboard["metadata"]), *found])


def _refuse(file: str, found: list[str]) -> Iterator[Refusal]:
    for text in sorted(set(found)):
        yield Refusal(file, "installation-id", f"{text} is a number of one installation", "record the dashboard again")


def _numbers(value: Any, name: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            if name in _NAMES and _is_number(key):
                yield f"{name} {key}"
            yield from _numbers(item, key)
    elif isinstance(value, list):
        for item in value:
            yield from _numbers(item, name)
    elif name in _NAMES and _is_number(value) or name == "datasource" and _is_number(value):
        yield f"{name} {value}"


def _is_number(value: Any) -> bool:
    return not isinstance(value, bool) and value is not None and bool(_NUMBER.match(str(value)))
