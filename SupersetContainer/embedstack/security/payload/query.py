"""One form for a query, whether stored as JSON or about to run."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

Query = dict[str, Any]

# What a query means when it does not say: Superset's own defaults.
_DEFAULTS: Mapping[str, Any] = {
    "annotation_layers": [],
    "apply_fetch_values_predicate": False,
    "columns": [],
    "filters": [],
    "granularity": None,
    "group_others_when_limit_reached": False,
    "inner_from_dttm": None,
    "inner_to_dttm": None,
    "is_rowcount": False,
    "orderby": [],
    "row_offset": 0,
    "series_columns": [],
    "series_limit": 0,
    "series_limit_metric": None,
    "time_offsets": [],
    "time_range": None,
    "time_shift": None,
}
_TIME_ALIAS = "__timestamp"


def canonical(raw: Mapping[str, Any], default_row_limit: int) -> Query:
    """The query with Superset's defaults in place of what is missing or empty."""
    query = {name: raw.get(name) or default for name, default in _DEFAULTS.items()}
    # Without metrics a query lists rows; with an empty list of them it groups.
    query["metrics"] = raw.get("metrics")
    query["order_desc"] = raw.get("order_desc") in (None, True)
    query["row_limit"] = raw.get("row_limit") or default_row_limit
    query["extras"] = {name: value for name, value in (raw.get("extras") or {}).items() if value}
    # Formulas are drawn by the page.
    query["annotation_layers"] = [layer for layer in query["annotation_layers"] if layer.get("annotationType") != "FORMULA"]
    query["post_processing"] = [step for step in raw.get("post_processing") or [] if step]
    timeseries = raw.get("is_timeseries")
    query["is_timeseries"] = _TIME_ALIAS in query["columns"] if timeseries is None else timeseries
    if query["is_timeseries"] and query["metrics"] and not query["series_columns"]:
        query["series_columns"] = query["columns"]
    if query["time_range"]:
        # As Superset does: the query's time range is that of all its time filters.
        query["filters"] = [
            {**entry, "val": query["time_range"]} if entry.get("op") == "TEMPORAL_RANGE" else entry for entry in query["filters"]
        ]
    return plain(query)


def plain(value: Any) -> Any:
    """The value as JSON would give it back; anything that is no JSON raises TypeError."""
    return json.loads(json.dumps(value))


def frozen(value: Any) -> str:
    """A text that is the same for the same JSON."""
    return json.dumps(value, sort_keys=True)


def same(one: Any, other: Any) -> bool:
    """Whether two JSON values are the same; 1 and True are not."""
    return frozen(one) == frozen(other)


def is_base_axis(column: object) -> bool:
    """Whether a column is the x axis of a chart, which refers to a column of the dataset by name."""
    return (
        isinstance(column, dict)
        and column.get("columnType") == "BASE_AXIS"
        and column.get("expressionType") == "SQL"
        and isinstance(column.get("sqlExpression"), str)
        and column.get("label") == column["sqlExpression"]
        and not set(column) - _AXIS_KEYS
    )


_AXIS_KEYS = {"columnType", "expressionType", "isColumnReference", "label", "sqlExpression", "timeGrain"}


def column_names(columns: Iterable[Any]) -> set[str]:
    """Names of the dataset's columns that plain references and x axes mean."""
    names = set()
    for column in columns:
        if isinstance(column, str):
            names.add(column)
        elif is_base_axis(column):
            names.add(column["sqlExpression"])
    return names
