import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import page
from support.page import BY_MONTH, BY_SERVICE, CLINICIANS, COMPLETED, COUNT, PAGE, PERIOD, TOTAL, axis

from embedstack.security.payload.query import canonical, same
from embedstack.security.payload.refusal import PayloadRefused
from embedstack.security.payload.wall import check_request

ALL_TIERS = frozenset(("view", "table", "drill", "export"))
ADA = {"col": "staff_name", "op": "IN", "val": ["Ada Moss"]}
LAST_YEAR = {**PERIOD, "val": "previous calendar year"}
VALUES = {
    "filters": [],
    "columns": ["service_name"],
    "metrics": [],
    "orderby": [["service_name", True]],
    "row_limit": 1000,
}
COMPLETED_ONLY = {"col": "outcome", "op": "==", "val": "Completed"}
CLINICIAN_VALUES = {
    "filters": [COMPLETED_ONLY],
    "columns": ["staff_name"],
    "metrics": ["appointments"],
    "orderby": [["appointments", False]],
    "row_limit": 1000,
}
MONTHLY_BY_SERVICE = {
    **BY_MONTH,
    "columns": [BY_MONTH["columns"][0], "service_name"],
    "series_columns": ["service_name"],
}
COUNT_ROWS = {"metrics": [{"expressionType": "SQL", "sqlExpression": "COUNT(*)", "label": "COUNT(*)"}]}


def bound(aggregate, column="fee", **more):
    return {
        "aggregate": aggregate,
        "column": {"column_name": column, "id": 1, "type_generic": 0},
        "expressionType": "SIMPLE",
        "hasCustomLabel": True,
        "label": aggregate.lower(),
        **more,
    }


def check(request, tier=ALL_TIERS, filters=None):
    check_request(request, page.dashboard(filters), page.DATASET, frozenset(tier))


@pytest.mark.parametrize("number", page.CHARTS)
@pytest.mark.parametrize("result_type", ["full", "results", "post_processed"])
def test_stored_charts_are_answered(number, result_type):
    check(page.of_chart(number, result_type=result_type))


@pytest.mark.parametrize("number", page.CHARTS)
@pytest.mark.parametrize("result_format", ["csv", "xlsx"])
def test_charts_are_exported_with_the_tier_only(number, result_format):
    request = page.of_chart(number, result_format=result_format)
    check(request, {"view", "export"})
    with pytest.raises(PayloadRefused, match="export"):
        check(request, {"view", "table", "drill"})


@pytest.mark.parametrize(
    "request_",
    [
        page.of_chart(4, {**CLINICIANS, "filters": [ADA, PERIOD]}),
        page.of_chart(4, {**CLINICIANS, "filters": [{**ADA, "isExtra": True}, PERIOD]}),
        page.of_chart(3, {**TOTAL, "time_range": "previous calendar year"}),
        page.of_chart(3, {**TOTAL, "filters": [LAST_YEAR]}),
        page.of_chart(3, {**TOTAL, "time_range": "2025-01-01T00:00:00 : DATEADD(DATETIME('now'), -1, month)"}),
        page.of_chart(3, {**TOTAL, "filters": [PERIOD, {"col": "Clinician", "op": "==", "val": "Ada"}]}),
        page.of_chart(3, {**TOTAL, "filters": [PERIOD, {"col": "fee", "op": ">=", "val": 10}]}),
        page.of_chart(3, {**TOTAL, "filters": [PERIOD, {"col": "outcome", "op": "IS NULL"}]}),
        page.of_chart(3, {**TOTAL, "filters": [{**PERIOD, "grain": "P1M", "op": "==", "val": 1743465600000}]}),
        page.of_chart(3, {**TOTAL, "extras": {"where": "(1 = 0)"}}),
        page.of_chart(5, {**COMPLETED, "extras": {"where": "(fee > 100) AND (1 = 0) AND (1 = 0)"}}),
        page.of_chart(4, {**CLINICIANS, "row_limit": 10}),
        page.of_chart(6, {**PAGE, "row_offset": 40, "orderby": [["outcome", True]]}, COUNT),
        page.of_chart(6, {**PAGE, "row_limit": 500}, result_format="csv"),
        page.of_chart(6, {**PAGE, "filters": [PERIOD, {"col": "staff_name", "op": "ILIKE", "val": "a%"}]}, COUNT),
        page.of_filter("F-service", VALUES),
        page.of_filter("F-service", {**VALUES, "filters": [{"col": "service_name", "op": "ILIKE", "val": "%a%"}]}),
        page.of_filter("F-service", {**VALUES, "filters": [ADA], "time_range": "Last week"}),
        page.of_filter("F-clinician", CLINICIAN_VALUES),
        page.of_filter("F-fee", {"filters": [], "metrics": [bound("MIN"), bound("MAX")], "row_limit": 1000}),
        page.drilled(4, {**CLINICIANS, "columns": ["service_name"], "filters": [PERIOD, {**ADA, "op": "=="}]}),
        page.drilled(1, MONTHLY_BY_SERVICE),
        page.drilled(1, {**MONTHLY_BY_SERVICE, "post_processing": [{"operation": "rename", "options": {}}]}),
        page.drilled(2, {**BY_SERVICE, "columns": [axis("outcome")]}, form_data={"x_axis": "outcome"}),
        page.drilled(4, {**CLINICIANS, "columns": ["outcome"]}, result_type="results"),
        page.detail({"filters": [PERIOD], "extras": {"where": "", "time_grain_sqla": "P1M"}}),
        page.detail({"filters": [PERIOD, ADA], "time_range": "previous calendar year"}),
        page.detail({}, result_type="samples"),
        page.detail({**COUNT_ROWS, "filters": [PERIOD, ADA], "row_limit": 0}, result_type="full"),
    ],
)
def test_what_the_page_sends_is_answered(request_):
    check(request_)


def test_formulas_are_the_pages_own():
    formula = {"annotationType": "FORMULA", "name": "target", "value": "100"}
    check(page.of_chart(4, {**CLINICIANS, "annotation_layers": [formula]}))


def test_another_time_grain_needs_a_filter_for_it():
    weekly = {
        **BY_MONTH,
        "columns": [axis("starts_at", timeGrain="P1W"), "outcome"],
        "extras": {"time_grain_sqla": "P1W"},
    }
    check(page.of_chart(1, weekly), filters=[*page.FILTERS, page.GRAIN])
    with pytest.raises(PayloadRefused, match="columns"):
        check(page.of_chart(1, weekly))
    grainless = {**BY_SERVICE, "columns": [axis("service_name", timeGrain="P1W")]}
    with pytest.raises(PayloadRefused, match="columns"):
        check(page.of_chart(2, grainless), filters=[*page.FILTERS, page.GRAIN])
    injected = {**weekly, "columns": [axis("starts_at", timeGrain="P1W'); --"), "outcome"]}
    with pytest.raises(PayloadRefused, match="grain"):
        check(page.of_chart(1, injected), filters=[*page.FILTERS, page.GRAIN])


def test_time_is_the_stored_one_without_a_time_filter():
    for changed in ({**TOTAL, "time_range": "Last week"}, {**TOTAL, "filters": [LAST_YEAR]}):
        with pytest.raises(PayloadRefused, match="time"):
            check(page.of_chart(3, changed), filters=[])


@pytest.mark.parametrize(
    "request_",
    [
        page.drilled(4, {**CLINICIANS, "columns": ["service_name"]}),
        page.detail({"filters": [PERIOD]}),
        page.detail({}, result_type="samples"),
        page.detail({**COUNT_ROWS, "row_limit": 0}, result_type="full"),
    ],
)
def test_drilling_needs_its_tier(request_):
    check(request_, {"view", "drill"})
    with pytest.raises(PayloadRefused, match="no drill"):
        check(request_, {"view", "table", "export"})


def test_dataset_without_detail_columns_shows_none():
    closed = dataclasses.replace(page.DATASET, detail_columns=())
    with pytest.raises(PayloadRefused, match="details"):
        check_request(page.detail({"filters": [PERIOD]}), page.dashboard(), closed, ALL_TIERS)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["starts_at", "person_id", "SQL", "1 = 1", ""]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["col", "op", "val", "sqlExpression", "label", "where"]), inner, max_size=3)
    ),
    max_leaves=8,
)
# Filters, extras, time ranges and limits are the page's to change, within bounds that other tests hold.
fixed = sorted(canonical({}, 1).keys() - {"filters", "extras", "row_limit", "time_range"})


@given(st.sampled_from(sorted(page.CHARTS)), st.sampled_from(fixed), json_values)
def test_a_changed_query_passes_only_where_it_means_the_stored_one(number, name, value):
    queries = page.CHARTS[number][0]
    try:
        request = page.of_chart(number, {**queries[0], name: value}, *queries[1:])
        check(request)
    except (PayloadRefused, TypeError, AttributeError, IndexError, KeyError):
        return
    paged = number == 6 and name in ("orderby", "row_offset", "is_rowcount", "post_processing")
    assert paged or same(request.queries[0], canonical(queries[0], page.LIMIT))


@given(json_values, json_values, json_values)
def test_no_filter_names_anything_but_a_column(col, op, val):
    extra = {"col": col, "op": op, "val": val}
    try:
        check(page.of_chart(4, {**CLINICIANS, "filters": [PERIOD, extra]}))
    except PayloadRefused:
        return
    assert col in page.dashboard().filterable(page.DATASET)


@given(st.text(max_size=60))
def test_no_condition_but_the_stored_one(text):
    try:
        check(page.of_chart(5, {**COMPLETED, "extras": {"where": text}}))
    except PayloadRefused:
        return
    assert text == "(fee > 100)" or text.startswith("(fee > 100) AND (1 = 0)")


@given(json_values, json_values, st.sampled_from(["slice_id", "chart_id", "type", "native_filter_id", "dashboardId"]))
def test_no_form_data_opens_another_way(one, other, name):
    try:
        check(page.request([{**CLINICIANS, "columns": ["person_id"]}], {"slice_id": one, "chart_id": other, name: one}))
    except PayloadRefused:
        return
    raise AssertionError("a column that is not stored was answered")
