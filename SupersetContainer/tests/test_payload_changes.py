"""Whatever a guest changes in what is stored is refused."""

import pytest
from support import page
from support.page import CLINICIANS, COMPLETED, COUNT, PAGE, PERIOD, axis
from test_payload import ADA, CLINICIAN_VALUES, COMPLETED_ONLY, VALUES, bound, check

from embedstack.security.payload.refusal import PayloadRefused

SQL_METRIC = {"expressionType": "SQL", "sqlExpression": "max(person_id)", "label": "m"}
SQL_COLUMN = {"expressionType": "SQL", "sqlExpression": "person_id", "label": "c"}
CHANGES = {
    "a metric of its own": {"metrics": ["fee_total"]},
    "one metric more": {"metrics": ["appointments", "no_show_rate", "fee_total"]},
    "a metric in SQL": {"metrics": [SQL_METRIC]},
    "rows in place of groups": {"metrics": None},
    "no metrics": {"metrics": []},
    "a column of its own": {"columns": ["person_id"]},
    "one column more": {"columns": ["staff_name", "person_id"]},
    "a column in SQL": {"columns": [SQL_COLUMN]},
    "an axis in SQL": {"columns": [axis("(select 1)")]},
    "orderby of its own": {"orderby": [["person_id", True]]},
    "orderby in SQL": {"orderby": [[SQL_METRIC, True]]},
    "another direction": {"orderby": [["appointments", True]]},
    "where": {"extras": {"where": "person_id = 7"}},
    "where after the stored": {"extras": {"where": "1 = 1 AND (1 = 0)"}},
    "having": {"extras": {"having": "max(fee) > 3"}},
    "having of the stored where": {"extras": {"having": "(1 = 0)"}},
    "time grain": {"extras": {"time_grain_sqla": "P1D"}},
    "transpiling": {"extras": {"transpile_to_dialect": True}},
    "relative start": {"extras": {"relative_start": "now"}},
    "a filter in SQL": {"filters": [PERIOD, {"col": SQL_COLUMN, "op": "==", "val": 1}]},
    "a filter on an axis": {"filters": [PERIOD, {"col": axis("person_id"), "op": "==", "val": 1}]},
    "a filter on a column of its own": {"filters": [PERIOD, {"col": "person_id", "op": "==", "val": 1}]},
    "a filter on its title": {"filters": [PERIOD, {"col": "Person id", "op": "==", "val": 1}]},
    "a filter on a metric": {"filters": [PERIOD, {"col": "appointments", "op": ">", "val": 1}]},
    "a filter with LIKE": {"filters": [PERIOD, {**ADA, "op": "NOT ILIKE", "val": "%"}]},
    "a filter in small letters": {"filters": [PERIOD, {**ADA, "op": "in"}]},
    "a filter with an object": {"filters": [PERIOD, {**ADA, "val": {"a": 1}}]},
    "a filter with nested lists": {"filters": [PERIOD, {**ADA, "val": [["a"]]}]},
    "a filter with a key": {"filters": [PERIOD, {**ADA, "sql": "1"}]},
    "a time range in SQL": {"filters": [{**PERIOD, "val": "now; select 1"}]},
    "a time range that is none": {"filters": [{**PERIOD, "val": 7}]},
    "time range": {"time_range": "x" * 301},
    "row limit": {"row_limit": 1001},
    "no row limit": {"row_limit": None},
    "offset": {"row_offset": 10},
    "series columns": {"series_columns": ["staff_name"]},
    "series limit": {"series_limit": 3},
    "series limit metric": {"series_limit_metric": SQL_METRIC},
    "the rest as others": {"group_others_when_limit_reached": True},
    "steps after the query": {"post_processing": [{"operation": "cum", "options": {"operator": "sum"}}]},
    "time offsets": {"time_offsets": ["1 year ago"]},
    "time shift": {"time_shift": "1 year ago"},
    "granularity": {"granularity": "starts_at"},
    "a time series": {"is_timeseries": True},
    "row count": {"is_rowcount": True},
    "fetch values predicate": {"apply_fetch_values_predicate": True},
    "inner start": {"inner_from_dttm": "2020-01-01"},
    "annotations": {"annotation_layers": [{"annotationType": "EVENT", "sourceType": "table", "value": 5}]},
    "order": {"order_desc": False},
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_chart_is_refused(name):
    with pytest.raises(PayloadRefused):
        check(page.of_chart(4, {**CLINICIANS, **CHANGES[name]}))


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_chart_is_refused_beside_a_right_one(name):
    with pytest.raises(PayloadRefused):
        check(page.of_chart(4, CLINICIANS, {**CLINICIANS, **CHANGES[name]}))


# A filter's values take a time range, any order of their own column, and the stored chart's limits are not theirs.
@pytest.mark.parametrize("name", CHANGES.keys() - {"no metrics", "row limit", "no row limit", "fetch values predicate", "order"})
def test_a_changed_native_filter_is_refused(name):
    with pytest.raises(PayloadRefused):
        check(page.of_filter("F-service", {**VALUES, **CHANGES[name]}))


@pytest.mark.parametrize("name", CHANGES.keys() - {"a filter on a column of its own", "no metrics"})
def test_a_changed_drill_is_refused(name):
    with pytest.raises(PayloadRefused):
        check(page.drilled(4, {**CLINICIANS, "columns": ["service_name"], **CHANGES[name]}))


# A detail has no metrics, pages, and ignores time grains.
@pytest.mark.parametrize(
    "name",
    CHANGES.keys() - {"no metrics", "rows in place of groups", "no row limit", "offset", "time grain"},
)
def test_a_changed_detail_is_refused(name):
    with pytest.raises(PayloadRefused):
        check(page.detail({"filters": [PERIOD], **CHANGES[name]}))


@pytest.mark.parametrize(
    "request_",
    [
        page.of_chart(5, {**COMPLETED, "filters": [PERIOD]}),
        page.of_chart(5, {**COMPLETED, "extras": {}}),
        page.of_chart(5, {**COMPLETED, "extras": {"where": "(1 = 0)"}}),
        page.of_chart(5, {**COMPLETED, "extras": {"where": "(fee > 100) OR (1 = 0)"}}),
        page.of_chart(5, {**COMPLETED, "filters": [PERIOD, {**COMPLETED_ONLY, "val": "Booked"}]}),
        page.of_filter("F-clinician", {**CLINICIAN_VALUES, "filters": []}),
        page.of_filter("F-clinician", {**CLINICIAN_VALUES, "metrics": ["no_show_rate"]}),
        page.of_filter("F-fee", {"filters": [], "metrics": [bound("SUM")]}),
        page.of_filter("F-fee", {"filters": [], "metrics": [bound("MIN", "person_id")]}),
        page.of_filter("F-fee", {"filters": [], "metrics": [bound("MIN", sqlExpression="1")]}),
        page.of_filter("F-period", VALUES),
        page.of_filter("F-none", VALUES),
        page.of_filter("F-service", VALUES, dataset=2),
        page.of_filter("F-service", {**VALUES, "row_limit": 10_001}),
        page.of_filter("F-service", VALUES, result_type="samples"),
        page.of_filter("F-service", VALUES, result_format="csv"),
        page.of_filter("F-service", VALUES, form_data={"tooltip_contents": ["person_id"]}),
        page.of_chart(4, dataset=2),
        page.of_chart(4, form_data={"slice_id": 77}),
        page.of_chart(4, form_data={"slice_id": "4"}),
        page.of_chart(4, form_data={"slice_id": True}),
        page.of_chart(4, form_data={"slice_id": -4}),
        page.of_chart(4, form_data={"slice_id": None}),
        page.of_chart(4, form_data={"parent_slice_id": 1}),
        page.of_chart(4, form_data={"server_pagination": True}),
        page.of_chart(4, form_data={"tooltip_contents": ["person_id"]}),
        page.of_chart(4, form_data={"row_limit": 1_000_000_000}),
        page.of_chart(4, form_data={"row_limit": 1_000_000_000}, result_format="csv"),
        page.of_chart(4, form_data={"viz_type": "pivot_table_v2", "currency_format": {"symbol": "AUTO"}}),
        page.of_chart(4, form_data={"column_config": {"a": {"currencyFormat": {"symbol": "AUTO"}}}}),
        page.of_chart(4, custom_cache_timeout=1),
        page.of_chart(4, result_type="samples"),
        page.of_chart(4, result_type="drill_detail"),
        page.of_chart(4, result_type="query"),
        page.of_chart(4, result_type="columns"),
        page.of_chart(4, result_type="timegrains"),
        page.of_chart(4, result_types=("samples", "full")),
        page.of_chart(4, result_types=("drill_detail", "drill_detail")),
        page.of_chart(4, *[CLINICIANS] * 3),
        page.request([], {"slice_id": 4, "chart_id": 4}),
        page.of_chart(6, {**PAGE, "row_limit": 501}, COUNT),
        page.of_chart(6, {**PAGE, "row_offset": 501}, COUNT),
        page.of_chart(6, {**PAGE, "orderby": [["person_id", True]]}, COUNT),
        page.of_chart(6, {**PAGE, "orderby": [["(select 1)", True]]}, COUNT),
        page.drilled(4, {**CLINICIANS, "columns": ["person_id"]}),
        page.drilled(4, {**CLINICIANS, "columns": [axis("person_id")]}),
        page.drilled(4, {**CLINICIANS, "columns": [axis("outcome", isColumnReference=False)]}),
        page.drilled(4, {**CLINICIANS, "columns": [axis("outcome", more=1)]}),
        page.drilled(4, {**CLINICIANS}, form_data={"chart_id": 77}),
        page.drilled(4, {**CLINICIANS}, form_data={"row_limit": 1_000_000_000}, result_format="csv"),
        page.drilled(4, {**CLINICIANS}, form_data={"chart_id": "4"}),
        page.drilled(4, {**CLINICIANS}, result_type="post_processed"),
        page.detail({"filters": [PERIOD], "row_limit": 1001}),
        page.detail({"filters": [PERIOD], "columns": ["person_id"]}),
        page.detail({"filters": [PERIOD], "metrics": ["appointments"]}, result_type="full"),
        page.detail({"filters": [PERIOD]}, result_type="full"),
        page.detail({"filters": [PERIOD]}, dataset=2),
        page.detail({"filters": [PERIOD]}, result_format="csv"),
        page.detail({"filters": [PERIOD], "extras": {"where": "person_id = 7"}}),
    ],
)
def test_what_no_page_sends_is_refused(request_):
    with pytest.raises(PayloadRefused):
        check(request_)
