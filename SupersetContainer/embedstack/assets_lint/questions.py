"""What a chart asks, whichever way its parameters or its recorded queries spell it."""

import json
from collections.abc import Iterator
from typing import Any

from embedstack.assets_lint.assets import Document

_METRICS = ("metric", "metrics", "metric_2", "metrics_b", "percent_metrics", "secondary_metric", "size")
_METRICS += ("timeseries_limit_metric", "timeseries_limit_metric_b", "series_limit_metric")
_COLUMNS = ("x_axis", "groupby", "groupby_b", "columns", "all_columns", "series", "entity", "granularity_sqla")
_COLUMNS += ("groupbyColumns", "groupbyRows", "series_columns")


def metrics_of_params(params: Document) -> list[Any]:
    """Metrics as the parameters hold them: names, or expressions of the author's own."""
    return [item for name in _METRICS for item in _items(params.get(name))]


def columns_of_params(params: Document) -> list[Any]:
    """Columns as the parameters hold them, those of the order included."""
    named = [item for name in _COLUMNS for item in _items(params.get(name))]
    return named + [json.loads(text)[0] for text in params.get("order_by_cols") or []]


def filters_of_params(params: Document) -> list[Document]:
    """Filters of the chart's own."""
    return [item for name in ("adhoc_filters", "adhoc_filters_b") for item in params.get(name) or []]


def metrics_of_query(query: Document) -> list[Any]:
    """Metrics that the query computes or sorts by."""
    return [*(query.get("metrics") or []), *_items(query.get("series_limit_metric"))]


def columns_of_query(query: Document) -> list[Any]:
    """Columns that the query groups by; an axis counts as the column to which it refers."""
    found = [*(query.get("columns") or []), *(query.get("series_columns") or [])]
    return [_referred(column) for column in found]


def order_of_query(query: Document) -> list[Any]:
    """What the query sorts by: metrics or columns."""
    return [term[0] for term in query.get("orderby") or []]


def time_ranges(value: Any) -> Iterator[str]:
    """Every range of time, anywhere in a document."""
    if isinstance(value, list):
        for item in value:
            yield from time_ranges(item)
    elif isinstance(value, dict):
        if value.get("operator", value.get("op")) == "TEMPORAL_RANGE":
            yield str(value.get("comparator", value.get("val")))
        for name, item in value.items():
            if name in ("time_range", "time_compare", "time_offsets", "time_shift"):
                yield from (str(text) for text in _items(item))
            else:
                yield from time_ranges(item)


def _referred(column: Any) -> Any:
    refers = isinstance(column, dict) and column.get("isColumnReference")
    return column["sqlExpression"] if refers else column


def _items(value: Any) -> list[Any]:
    if value is None or value == "":
        return []
    return value if isinstance(value, list) else [value]
