"""What the tier "drill" adds: a chart by another dimension, and rows of a few columns."""

from functools import partial
from typing import Any

from embedstack.security.payload.charts import check_extras, check_form_data
from embedstack.security.payload.filters import Freedom, check_filters, check_where, is_grain
from embedstack.security.payload.query import Query, canonical, is_base_axis, same
from embedstack.security.payload.rearranging import check_steps
from embedstack.security.payload.refusal import check_any, require
from embedstack.security.payload.request import DETAIL_TYPES, FULL, RESULTS, Request
from embedstack.security.payload.stored import (
    TIME_FILTER,
    Dataset,
    StoredChart,
    StoredDashboard,
    with_verbose_names,
)

# As many as Superset's own page of samples.
MOST_ROWS = 1000
# The page drills by one column at a time.
MOST_OWN_COLUMNS = 1

_FIXED = (
    "annotation_layers",
    "apply_fetch_values_predicate",
    "granularity",
    "group_others_when_limit_reached",
    "inner_from_dttm",
    "inner_to_dttm",
    "is_rowcount",
    "is_timeseries",
    "metrics",
    "order_desc",
    "row_offset",
    "series_limit",
    "series_limit_metric",
    "time_offsets",
    "time_shift",
)
_COUNT = {"expressionType": "SQL", "sqlExpression": "COUNT(*)", "label": "COUNT(*)"}
_DETAIL_KEYS = frozenset(("filters", "granularity", "time_range", "extras", "row_limit", "row_offset"))


def check_drill_by(request: Request, chart: StoredChart, dashboard: StoredDashboard, dataset: Dataset) -> None:
    """The source chart's metrics by columns that may be grouped by."""
    require({request.result_type, *request.result_types} <= {FULL, RESULTS}, "the result type is no drill's")
    require(request.dataset == chart.dataset, "the dataset is not the chart's")
    check_form_data({**request.form_data, "x_axis": None}, chart)
    require(len(request.queries) <= len(chart.queries), "there are more queries than stored")
    for query in request.queries:
        check_any(partial(_check_drilled, query, dashboard=dashboard, dataset=dataset), chart.queries)


def _check_drilled(query: Query, stored: Query, dashboard: StoredDashboard, dataset: Dataset) -> None:
    for name in _FIXED:
        require(same(query[name], stored[name]), f"{name} are not the source chart's")
    check_extras(query, stored)
    check_filters(query, stored, _freedom(dashboard, dataset))
    require(query["row_limit"] <= stored["row_limit"], "row_limit is above the stored one")
    own = [column for column in query["columns"] if not any(same(column, known) for known in stored["columns"])]
    require(len(own) <= MOST_OWN_COLUMNS, "there are more columns than a drill adds")
    require(len(query["columns"]) <= len(stored["columns"]) + MOST_OWN_COLUMNS, "there are more columns than a drill has")
    for column in own:
        require(_is_groupable(column, dataset), "columns are neither the chart's nor groupable")
    for column in query["series_columns"]:
        require(any(same(column, known) for known in query["columns"]), "series_columns are not among columns")
    for order in query["orderby"]:
        require(
            any(same(order, known) for known in stored["orderby"]) or any(same(order[0], column) for column in query["columns"]),
            "orderby is on what the drill has not",
        )
    check_steps(query, stored)


def _is_groupable(column: Any, dataset: Dataset) -> bool:
    if is_base_axis(column):
        grain = column.get("timeGrain")
        require(grain is None or is_grain(grain), "the time grain is none")
        return column.get("isColumnReference") is True and column["sqlExpression"] in dataset.groupable
    return isinstance(column, str) and column in dataset.groupable


def check_detail(request: Request, dashboard: StoredDashboard, dataset: Dataset) -> None:
    """Rows behind the dashboard's charts on the dataset, or how many they are."""
    charts = dashboard.charts_of(request.dataset)
    require(charts, "no chart of the dashboard is on the dataset")
    require(dataset.detail_columns, "the catalogue shows no details of the dataset")
    require(request.result_format == "json", "the format is no detail's")
    require(len(request.queries) == 1, "there are more queries than a detail has")
    query = request.queries[0]
    if request.drills_to_detail:
        require({request.result_type, *request.result_types} <= DETAIL_TYPES, "the result type is no detail's")
        require(not query["metrics"], "metrics are no detail's")
        require(query["row_limit"] <= MOST_ROWS, "row_limit is above a detail's")
    else:
        require(request.result_type == FULL, "the result type is no detail's")
        require(same(query["metrics"], [_COUNT]), "metrics are not the count of rows")
    _check_bare(query)
    freedom = _freedom(dashboard, dataset)
    check_any(partial(_check_narrowed, query, freedom=freedom), (one for chart in charts for one in chart.queries))


def _check_narrowed(query: Query, stored: Query, freedom: Freedom) -> None:
    check_where(query, {stored["extras"].get("where", "")})
    check_filters(query, stored, freedom)


def _check_bare(query: Query) -> None:
    empty = canonical({"metrics": query["metrics"]}, query["row_limit"])
    for name in query.keys() - _DETAIL_KEYS:
        require(same(query[name], empty[name]), f"{name} is no detail's")
    require(not query["granularity"], "granularity is no detail's")
    require(not set(query["extras"]) - {"where", "time_grain_sqla"}, "extras has a key of its own")


def _freedom(dashboard: StoredDashboard, dataset: Dataset) -> Freedom:
    # A drill within a drill filters by the columns of the first one.
    columns = dashboard.filterable(dataset) | with_verbose_names(dataset.groupable, dataset)
    return Freedom(columns, dashboard.has_filter(TIME_FILTER))
