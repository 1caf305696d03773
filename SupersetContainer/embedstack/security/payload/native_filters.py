"""The values of a native filter: its own column, sorted by its own metric, behind its own conditions."""

from typing import Any

from embedstack.security.payload.filters import Freedom, check_filters, check_where
from embedstack.security.payload.query import Query, canonical, same
from embedstack.security.payload.refusal import require
from embedstack.security.payload.request import FULL, TIME_GRAINS, Request
from embedstack.security.payload.stored import (
    GRAIN_FILTER,
    TIME_FILTER,
    Dataset,
    StoredDashboard,
    StoredFilter,
)

MOST_VALUES = 10_000
SELECT_FILTER = "filter_select"
RANGE_FILTER = "filter_range"

_EMPTY = (
    "annotation_layers",
    "group_others_when_limit_reached",
    "inner_from_dttm",
    "inner_to_dttm",
    "is_rowcount",
    "is_timeseries",
    "post_processing",
    "row_offset",
    "series_columns",
    "series_limit",
    "series_limit_metric",
    "time_offsets",
    "time_shift",
)


def check_native_filter(request: Request, dashboard: StoredDashboard, dataset: Dataset) -> None:
    """The request asks the values of one of the dashboard's filters."""
    entry = dashboard.filters.get(str(request.form_data.get("native_filter_id")))
    require(entry is not None, "the native filter is not on the dashboard")
    assert entry is not None
    columns = [name for target, name in sorted(entry.targets) if target == request.dataset]
    require(columns, "the native filter has no target on the dataset")
    require(request.result_type == FULL, "the result type is no filter's")
    require(request.result_format == "json", "the format is no filter's")
    require(len(request.queries) == 1, "there are more queries than a filter has")
    for name in ("tooltip_contents", "server_pagination", "currency_format", "column_config", "x_axis"):
        require(not request.form_data.get(name), f"form_data.{name} is no filter's")
    if entry.kind == GRAIN_FILTER:
        return require(set(request.result_types) == {TIME_GRAINS}, "the result type is no filter's")
    require(set(request.result_types) <= {FULL}, "the result type is no filter's")
    freedom = Freedom(dashboard.filterable(dataset), dashboard.has_filter(TIME_FILTER))
    _check_query(request.queries[0], entry, columns, freedom)


def _check_query(query: Query, entry: StoredFilter, columns: list[str], freedom: Freedom) -> None:
    for name in _EMPTY:
        require(not query[name], f"{name} is no filter's")
    stored = _stored_query(entry)
    require(query["granularity"] == stored["granularity"], "granularity is not the stored one")
    require(query["row_limit"] <= MOST_VALUES, "row_limit is above a filter's")
    check_where(query, {stored["extras"].get("where", "")})
    require(not set(query["extras"]) - {"where"}, "extras has a key of its own")
    check_filters(query, stored, freedom)
    if entry.kind == RANGE_FILTER:
        _check_range(query, columns)
    else:
        require(entry.kind == SELECT_FILTER, "the kind of filter asks no values")
        _check_select(query, entry, columns)


def _check_select(query: Query, entry: StoredFilter, columns: list[str]) -> None:
    require(same(query["columns"], columns), "columns are not the filter's")
    metric = (entry.settings.get("controlValues") or {}).get("sortMetric") or entry.settings.get("sortMetric")
    metrics = [metric] if metric else []
    require(same(query["metrics"], metrics), "metrics are not the filter's")
    for order in query["orderby"]:
        require(any(same(order[0], known) for known in (*columns, *metrics)), "orderby is not the filter's")


def _check_range(query: Query, columns: list[str]) -> None:
    require(not query["columns"] and not query["orderby"], "columns are not the filter's")
    for metric in query["metrics"] or []:
        require(_is_bound_of(metric, columns), "metrics are not the filter's")


def _is_bound_of(metric: Any, columns: list[str]) -> bool:
    return (
        isinstance(metric, dict)
        and metric.get("expressionType") == "SIMPLE"
        and metric.get("aggregate") in ("MIN", "MAX")
        and isinstance(metric.get("column"), dict)
        and metric["column"].get("column_name") in columns
        and not set(metric["column"]) - {"column_name", "id", "type_generic"}
        and not set(metric) - {"aggregate", "column", "expressionType", "hasCustomLabel", "label"}
        and metric.get("label") in ("min", "max")
    )


def _stored_query(entry: StoredFilter) -> Query:
    """The filter's own conditions in a query's form."""
    settings = entry.settings
    filters, free = [], []
    for condition in settings.get("adhoc_filters") or []:
        if condition.get("expressionType") == "SIMPLE" and condition.get("clause") == "WHERE":
            made = {
                "col": condition.get("subject"),
                "op": condition.get("operator"),
                "val": condition.get("comparator"),
            }
            filters.append({name: value for name, value in made.items() if value is not None})
        else:
            free.append(f"({condition.get('sqlExpression')})")
    raw = {
        "filters": filters,
        "extras": {"where": " AND ".join(free)},
        "granularity": settings.get("granularity_sqla"),
        "time_range": settings.get("time_range"),
    }
    return canonical(raw, MOST_VALUES)
