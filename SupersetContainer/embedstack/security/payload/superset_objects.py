"""From Superset's objects to plain data, and the one change that wall 0 makes to them.

Superset's models can be imported once the application is there, and its configuration imports this.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from flask import current_app

from embedstack.catalog import Catalog
from embedstack.security.payload.query import Query, canonical
from embedstack.security.payload.rearranging import check_cells
from embedstack.security.payload.refusal import PayloadRefused, require
from embedstack.security.payload.request import Request
from embedstack.security.payload.stored import Dataset, StoredChart, StoredDashboard

if TYPE_CHECKING:
    from pandas import DataFrame
    from superset.common.query_context import QueryContext
    from superset.common.query_object import QueryObject
    from superset.models.dashboard import Dashboard

_ATTRIBUTES = (
    "annotation_layers",
    "apply_fetch_values_predicate",
    "columns",
    "extras",
    "granularity",
    "group_others_when_limit_reached",
    "inner_from_dttm",
    "inner_to_dttm",
    "is_rowcount",
    "is_timeseries",
    "metrics",
    "order_desc",
    "orderby",
    "post_processing",
    "row_limit",
    "row_offset",
    "series_columns",
    "series_limit",
    "series_limit_metric",
    "time_offsets",
    "time_range",
    "time_shift",
)


def describe(context: "QueryContext") -> Request:
    """What Superset is about to run; its own transformations of the body are done by now."""
    form_data = context.form_data
    require(isinstance(form_data, dict), "there is no form_data")
    require(context.datasource.type == "table", "the source is no dataset")
    for query in context.queries:
        require(query.datasource in (None, context.datasource), "a query has a dataset of its own")
    return Request(
        dataset=context.datasource.id,
        form_data=form_data,
        queries=tuple(_query(query) for query in context.queries),
        result_type=str(context.result_type.value),
        result_format=str(context.result_format.value),
        custom_cache_timeout=context.custom_cache_timeout,
        result_types=tuple(str(query.result_type.value) for query in context.queries if query.result_type),
    )


def load_dashboard(dashboard: "Dashboard") -> StoredDashboard:
    """The dashboard's charts, whoever may list them, and its filters."""
    from superset.extensions import db
    from superset.models.dashboard import dashboard_slices
    from superset.models.slice import Slice

    rows = (
        db.session.query(Slice.id, Slice.datasource_id, Slice.query_context)
        .join(dashboard_slices, dashboard_slices.c.slice_id == Slice.id)
        .filter(dashboard_slices.c.dashboard_id == dashboard.id, Slice.datasource_type == "table")
    )
    limit = current_app.config["ROW_LIMIT"]
    charts = [StoredChart.read(number, dataset, context, limit) for number, dataset, context in rows]
    return StoredDashboard.read(dashboard.id, charts, dashboard.json_metadata)


def describe_dataset(dataset: Any, catalog: Catalog) -> Dataset:
    """Columns and flags of a dataset, and what the catalogue shows of its rows."""
    entries = [entry for entry in catalog.datasets.values() if entry.uuid == str(dataset.uuid)]
    columns = {column.column_name: column.verbose_name for column in dataset.columns}
    return Dataset(
        id=dataset.id,
        columns=columns,
        groupable=frozenset(column.column_name for column in dataset.columns if column.groupby),
        time_column=dataset.main_dttm_col,
        detail_columns=tuple(name for entry in entries for name in entry.detail_columns if name in columns),
    )


def narrow_detail(context: "QueryContext", columns: tuple[str, ...]) -> None:
    """Makes samples and details, which Superset answers with all columns, a list of some of them."""
    from superset.common.chart_data import ChartDataResultType

    context.result_type = ChartDataResultType.FULL
    for query in context.queries:
        query.result_type = ChartDataResultType.FULL
        query.columns = list(columns)
        query.metrics = None
        query.orderby = [(columns[0], True)]


def bound_steps(context: "QueryContext") -> None:
    """Makes the steps after a query look at the size of its answer first."""
    for query in context.queries:
        query.exec_post_processing = partial(_run_bounded, query.exec_post_processing, query.post_processing)


def _run_bounded(run: "Callable[[DataFrame], DataFrame]", steps: list[dict[str, Any]], frame: "DataFrame") -> "DataFrame":
    from superset.exceptions import InvalidPostProcessingError

    try:
        check_cells(frame, steps)
    except PayloadRefused as refusal:
        raise InvalidPostProcessingError(str(refusal)) from refusal
    return run(frame)


def _query(query: "QueryObject") -> Query:
    values = {name: getattr(query, name) for name in _ATTRIBUTES}
    try:
        return canonical({**values, "filters": query.filter}, current_app.config["ROW_LIMIT"])
    except TypeError as error:
        raise PayloadRefused("a query holds what no page sends") from error
