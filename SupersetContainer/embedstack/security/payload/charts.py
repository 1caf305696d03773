"""A stored chart's queries, as the page sends them: filtered, paged, sorted, with the time grain of a filter."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from embedstack.security.payload.filters import Freedom, check_filters, check_where, is_grain
from embedstack.security.payload.query import Query, is_base_axis, same
from embedstack.security.payload.refusal import check_any, require
from embedstack.security.payload.request import FULL, POST_PROCESSED, RESULTS, Request
from embedstack.security.payload.stored import (
    GRAIN_FILTER,
    TIME_FILTER,
    Dataset,
    StoredChart,
    StoredDashboard,
)

# What Superset's server reads from form_data: row caps, columns that it adds, queries of its own. By row_limit it decides
# whether a CSV is streamed, after the request and past all that the request was checked for.
SERVER_READ = (
    "server_pagination",
    "tooltip_contents",
    "viz_type",
    "x_axis",
    "currency_format",
    "column_config",
    "row_limit",
)

_FIXED = (
    "annotation_layers",
    "apply_fetch_values_predicate",
    "columns",
    "granularity",
    "group_others_when_limit_reached",
    "inner_from_dttm",
    "inner_to_dttm",
    "is_timeseries",
    "metrics",
    "order_desc",
    "post_processing",
    "series_columns",
    "series_limit",
    "series_limit_metric",
    "time_offsets",
    "time_shift",
)


def check_chart(request: Request, chart: StoredChart, dashboard: StoredDashboard, dataset: Dataset) -> None:
    """Each query is one of the chart's stored ones."""
    types = {request.result_type, *request.result_types}
    require(types <= {FULL, RESULTS, POST_PROCESSED}, "the result type is no chart's")
    require(request.dataset == chart.dataset, "the dataset is not the chart's")
    check_form_data(request.form_data, chart)
    freedom = Freedom(dashboard.filterable(dataset), dashboard.has_filter(TIME_FILTER))
    regrain = dashboard.has_filter(GRAIN_FILTER)
    stored = [*chart.queries, *row_counts(chart)]
    require(len(request.queries) <= len(stored), "there are more queries than stored")
    for query in request.queries:
        check_any(partial(check_query, query, chart=chart, freedom=freedom, regrain=regrain), stored)


def check_form_data(form_data: Mapping[str, Any], chart: StoredChart) -> None:
    """What the server reads from form_data is what is stored."""
    for name in SERVER_READ:
        requested, stored = form_data.get(name) or None, chart.form_data.get(name) or None
        require(requested is None or same(requested, stored), f"form_data.{name} is not the stored one")


def check_query(requested: Query, stored: Query, chart: StoredChart, freedom: Freedom, regrain: bool = False) -> None:
    """One query is a stored one, but for what the page's filters and a paged table may change."""
    if regrain:
        requested, stored = without_grain(requested), without_grain(stored)
    for name in _FIXED:
        require(same(requested[name], stored[name]), f"{name} are not the stored ones")
    check_extras(requested, stored)
    check_filters(requested, stored, freedom)
    require(requested["is_rowcount"] == stored["is_rowcount"], "is_rowcount is not the stored one")
    _check_order(requested, stored, chart)
    _check_rows(requested, stored, chart)


def check_extras(requested: Query, stored: Query) -> None:
    """No free-form SQL but the stored one, and no other setting."""
    check_where(requested, {stored["extras"].get("where", "")})
    for name in {*requested["extras"], *stored["extras"]} - {"where", "column_order"}:
        require(
            same(requested["extras"].get(name), stored["extras"].get(name)),
            f"extras.{name} is not the stored one" if name in stored["extras"] else "extras has a key of its own",
        )


def row_counts(chart: StoredChart) -> list[Query]:
    """The row count that a table paged by the server asks beside its page."""
    if not is_paged(chart):
        return []
    return [
        {**query, "is_rowcount": True, "time_offsets": [], "post_processing": [], "row_offset": 0}
        for query in chart.queries
        if not query["is_rowcount"]
    ]


def is_paged(chart: StoredChart) -> bool:
    """Whether the server pages the chart's rows."""
    return bool(chart.form_data.get("server_pagination"))


def without_grain(query: Query) -> Query:
    """The query without the time grain of its x axis, if that one is any grain at all."""
    extras = dict(query["extras"])
    grain = extras.pop("time_grain_sqla", None)
    require(grain is None or is_grain(grain), "the time grain is none")
    columns = [_without_grain(column) for column in query["columns"]]
    series = [_without_grain(column) for column in query["series_columns"]]
    return {**query, "extras": extras, "columns": columns, "series_columns": series}


def _without_grain(column: Any) -> Any:
    if not is_base_axis(column) or "timeGrain" not in column:
        return column
    require(is_grain(column["timeGrain"]), "the time grain is none")
    # Only a column that has a grain may have another one.
    return {**column, "timeGrain": "any"}


def _check_order(requested: Query, stored: Query, chart: StoredChart) -> None:
    if same(requested["orderby"], stored["orderby"]):
        return
    require(is_paged(chart), "orderby is not the stored one")
    known = [*stored["columns"], *(stored["metrics"] or [])]
    for order in requested["orderby"]:
        require(order[0] in known and isinstance(order[1], bool), "orderby is on what the chart has not")


def _check_rows(requested: Query, stored: Query, chart: StoredChart) -> None:
    limit, offset = requested["row_limit"], requested["row_offset"]
    if is_paged(chart):
        most = max(query["row_limit"] for query in chart.queries)
        require(limit <= most and offset <= most, "row_limit is above the stored one")
    else:
        require(limit <= stored["row_limit"], "row_limit is above the stored one")
        require(offset == stored["row_offset"], "row_offset is not the stored one")
