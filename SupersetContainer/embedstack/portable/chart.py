"""Numbers in a chart's form data and stored query."""

import copy
import json
from collections.abc import Mapping
from typing import Any

Config = dict[str, Any]
Number = int | str | None

# Where a chart happened to be opened from, which Explore saves with it.
_PLACE = ("dashboards", "dashboardId", "chart_id")


def with_numbers(config: Config, *, chart: Number, dataset: Number) -> Config:
    """A copy of the exported form with these numbers, or UUIDs, in place of whatever stands there."""
    result = copy.deepcopy(config)
    params = _with_numbers(result.get("params") or {}, chart, dataset)
    # The importer writes an empty list where Explore saves none: both forms are one here.
    result["params"] = {name: value for name, value in params.items() if name != "annotation_layers" or value}
    if result.get("query_context"):
        result["query_context"] = json.dumps(_query(result["query_context"], chart, dataset))
    return result


def _query(text: str, chart: Number, dataset: Number) -> Config:
    context: Config = json.loads(text)
    context["datasource"] = {"id": dataset, "type": "table"}
    context["form_data"] = _with_numbers(context.get("form_data") or {}, chart, dataset)
    for query in context.get("queries", []):
        if "datasource" in query:
            query["datasource"] = context["datasource"]
    return context


def _with_numbers(form_data: Mapping[str, Any], chart: Number, dataset: Number) -> Config:
    kept = {name: value for name, value in form_data.items() if name not in _PLACE}
    return {**kept, "datasource": f"{dataset}__table", "slice_id": chart}
