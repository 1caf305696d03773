"""A stored dashboard in plain data, and requests as its embedded page sends them."""

import copy
import json
from typing import Any

from embedstack.security.payload.query import canonical
from embedstack.security.payload.request import Request
from embedstack.security.payload.stored import Dataset, StoredChart, StoredDashboard

LIMIT = 50_000
DATASET = Dataset(
    id=1,
    columns={
        "starts_at": "Starts at",
        "outcome": "Outcome",
        "service_name": "Service",
        "staff_name": "Clinician",
        "person_id": "Person id",
        "fee": "Fee",
        "status": "outcome",
    },
    groupable=frozenset(("starts_at", "outcome", "service_name", "staff_name")),
    time_column="starts_at",
    detail_columns=("starts_at", "staff_name"),
)
PERIOD = {"col": "starts_at", "op": "TEMPORAL_RANGE", "val": "No filter"}


def axis(name: str, **more: Any) -> dict[str, Any]:
    """An x axis as the page writes it."""
    base = {"columnType": "BASE_AXIS", "sqlExpression": name, "label": name}
    return {**base, "expressionType": "SQL", "isColumnReference": True, **more}


def query(**parts: Any) -> dict[str, Any]:
    """A query with what the page always sends."""
    return {
        "filters": [PERIOD],
        "extras": {"having": "", "where": ""},
        "applied_time_extras": {},
        "columns": [],
        "metrics": ["appointments"],
        "annotation_layers": [],
        "series_limit": 0,
        "group_others_when_limit_reached": False,
        "order_desc": True,
        "url_params": {"uiConfig": "0"},
        "custom_params": {},
        "custom_form_data": {},
        **parts,
    }


BY_MONTH = query(
    extras={"time_grain_sqla": "P1M", "having": "", "where": ""},
    columns=[axis("starts_at", timeGrain="P1M"), "outcome"],
    orderby=[["appointments", False]],
    row_limit=10_000,
    series_columns=["outcome"],
    time_offsets=[],
    post_processing=[
        {
            "operation": "pivot",
            "options": {
                "index": ["starts_at"],
                "columns": ["outcome"],
                "aggregates": {"appointments": {"operator": "mean"}},
                "drop_missing_columns": False,
            },
        },
        {"operation": "flatten"},
    ],
)
BY_SERVICE = query(columns=[axis("service_name")], orderby=[["appointments", False]], row_limit=100, series_columns=[])
TOTAL = query()
TREND = query(columns=[axis("starts_at", timeGrain="P1W")], extras={"time_grain_sqla": "P1W"})
CLINICIANS = query(
    columns=["staff_name"],
    metrics=["appointments", "no_show_rate"],
    orderby=[["appointments", False]],
    row_limit=1000,
    series_limit_metric="appointments",
    post_processing=[],
)
ALL_CLINICIANS = query(columns=[], metrics=["appointments", "no_show_rate"], row_limit=0, row_offset=0)
COMPLETED = query(
    filters=[PERIOD, {"col": "outcome", "op": "==", "val": "Completed"}],
    extras={"having": "", "where": "(fee > 100)"},
    columns=["outcome"],
    row_limit=10,
)
PAGE = query(columns=["staff_name", "outcome"], metrics=["appointments"], row_limit=20, row_offset=0)
COUNT = {**PAGE, "row_limit": 500, "is_rowcount": True, "time_offsets": [], "post_processing": []}

CHARTS = {
    1: ([BY_MONTH], {"viz_type": "echarts_timeseries_bar", "x_axis": "starts_at"}),
    2: ([BY_SERVICE], {"viz_type": "echarts_timeseries_bar", "x_axis": "service_name"}),
    3: ([TOTAL, TREND], {"viz_type": "big_number"}),
    4: ([CLINICIANS, ALL_CLINICIANS], {"viz_type": "table", "server_pagination": False}),
    5: ([COMPLETED], {"viz_type": "pie"}),
    6: ([PAGE, COUNT], {"viz_type": "table", "server_pagination": True}),
}
FILTERS = [
    {"id": "F-period", "filterType": "filter_time", "targets": [{}]},
    {
        "id": "F-service",
        "filterType": "filter_select",
        "targets": [{"datasetId": 1, "column": {"name": "service_name"}}],
    },
    {
        "id": "F-clinician",
        "filterType": "filter_select",
        "targets": [{"datasetId": 1, "column": {"name": "staff_name"}}],
        "sortMetric": "appointments",
        "adhoc_filters": [
            {
                "expressionType": "SIMPLE",
                "clause": "WHERE",
                "subject": "outcome",
                "operator": "==",
                "comparator": "Completed",
            }
        ],
    },
    {
        "id": "F-fee",
        "filterType": "filter_range",
        "targets": [{"datasetId": 1, "column": {"name": "fee"}}],
    },
]
GRAIN = {"id": "F-grain", "filterType": "filter_timegrain", "targets": [{"datasetId": 1}]}


def dashboard(filters: list[dict[str, Any]] | None = None) -> StoredDashboard:
    """The dashboard as Superset stores it."""
    charts = [
        StoredChart.read(number, 1, json.dumps({"queries": queries, "form_data": form_data}), LIMIT)
        for number, (queries, form_data) in CHARTS.items()
    ]
    metadata = {"native_filter_configuration": FILTERS if filters is None else filters}
    return StoredDashboard.read(9, charts, json.dumps(metadata))


def request(
    queries: list[dict[str, Any]],
    form_data: dict[str, Any],
    result_type: str = "full",
    result_format: str = "json",
    **parts: Any,
) -> Request:
    """A request for these queries."""
    return Request(
        dataset=parts.pop("dataset", 1),
        form_data={"dashboardId": 9, **form_data},
        queries=tuple(canonical(one, LIMIT) for one in copy.deepcopy(queries)),
        result_type=result_type,
        result_format=result_format,
        result_types=parts.pop("result_types", (result_type,) * len(queries)),
        **parts,
    )


def of_chart(number: int, *queries: dict[str, Any], **parts: Any) -> Request:
    """A chart's stored queries, or those given in their place."""
    stored, form_data = CHARTS[number]
    sent = {**form_data, "slice_id": number, "chart_id": number, **parts.pop("form_data", {})}
    return request(list(queries) or stored, sent, **parts)


def of_filter(name: str, one: dict[str, Any], **parts: Any) -> Request:
    """A native filter's values."""
    return request([one], {"type": "NATIVE_FILTER", "native_filter_id": name, **parts.pop("form_data", {})}, **parts)


def drilled(number: int, *queries: dict[str, Any], **parts: Any) -> Request:
    """A drill by another dimension from a chart."""
    form_data = {**CHARTS[number][1], "slice_id": 0, "chart_id": number, **parts.pop("form_data", {})}
    return request(list(queries), form_data, **parts)


def detail(one: dict[str, Any], **parts: Any) -> Request:
    """Rows, as Superset's samples ask them."""
    return request([{"row_limit": 50, "row_offset": 0, **one}], {}, parts.pop("result_type", "drill_detail"), **parts)
