import copy
import json
import logging

import pytest
from support.page import axis

from embedstack.security.guest_routes import DATABASES_SIDE

SAMPLES = "/datasource/samples?datasource_type=table&datasource_id={}&dashboard_id={}&page=1&per_page=50&force=true"
DETAILS = ["starts_at", "staff_name", "service_name", "status", "duration_minutes"]
CHART = "clinicians"
LEAK = {
    "expressionType": "SQL",
    "label": "leak",
    "sqlExpression": "string_agg(distinct tenant_id || patient_id::text, ',')",
}


def refused(answer):
    assert answer.status_code == 403, answer.text
    assert "tenant_id" not in answer.text and "clinic." not in answer.text
    return True


def ask(guests, query, token=None):
    return guests.post("/api/v1/chart/data", token or guests.token(), json=query)


def test_every_stored_chart_is_answered_as_its_page_asks_it(guests, bootstrapped):
    token = guests.token()
    extra = {"col": "service_name", "op": "IN", "val": ["Imaging"]}
    for stem in ("appointments_by_month", "appointments_by_service", "clinicians", "status_split"):
        stored = guests.stored_query(stem)
        filtered = copy.deepcopy(stored)
        filtered["queries"][0]["filters"].append(extra)
        timed = copy.deepcopy(stored)
        timed["queries"][0]["time_range"] = "2025-01-01 : 2025-07-01"
        for query in (stored, filtered, timed, {**stored, "result_type": "results"}):
            answer = ask(guests, query, token)
            assert answer.status_code == 200, answer.text
            assert answer.json["result"][0]["data"]


ATTACKS = {
    "a metric in SQL": lambda q: q["queries"][0].update(metrics=[LEAK]),
    "a column of its own": lambda q: q["queries"][0].update(columns=["patient_id"]),
    "no chart named": lambda q: [q["form_data"].pop(key, None) for key in ("slice_id", "chart_id")],
    "another chart": lambda q: q["form_data"].update(slice_id=4711),
    "another dashboard": lambda q: q["form_data"].update(dashboardId=4711),
    "no dashboard": lambda q: q["form_data"].pop("dashboardId"),
    "no form data": lambda q: q.pop("form_data"),
    "another dataset": lambda q: q["datasource"].update(id=q["datasource"]["id"] + 1),
    "a filter in SQL": lambda q: q["queries"][0]["filters"].append(
        {"col": {"expressionType": "SQL", "label": "x", "sqlExpression": "patient_id"}, "op": "==", "val": "p-1"}
    ),
    "where": lambda q: q["queries"][0].update(extras={"where": "patient_id = 'p-1'"}),
    "having": lambda q: q["queries"][0].update(extras={"having": "count(distinct patient_id) > 1"}),
    "where of old": lambda q: q["queries"][0].update(where="patient_id = 'p-1'"),
    "groupby of old": lambda q: q["queries"][0].update(groupby=["patient_id"]),
    "samples": lambda q: q.update(result_type="samples"),
    "details": lambda q: q.update(result_type="drill_detail"),
    "details of one query": lambda q: q["queries"][0].update(result_type="drill_detail"),
    "the statement": lambda q: q.update(result_type="query"),
    "the columns": lambda q: q.update(result_type="columns"),
    "a timeout of its own": lambda q: q.update(custom_cache_timeout=-1),
    "more rows": lambda q: q["queries"][0].update(row_limit=100_000),
    "a native filter of another name": lambda q: q["form_data"].update(
        type="NATIVE_FILTER", native_filter_id="NATIVE_FILTER-none"
    ),
    "a native filter of another column": lambda q: q["form_data"].update(
        type="NATIVE_FILTER", native_filter_id="NATIVE_FILTER-service"
    ),
    "tooltip columns": lambda q: q["form_data"].update(tooltip_contents=["patient_id"]),
    "rows in place of groups": lambda q: q["queries"][0].update(metrics=None, columns=["staff_name"]),
    "steps that are none": lambda q: q["queries"][0].update(post_processing=[{"operation": "prophet"}]),
    "a drill to a column of its own": lambda q: (
        q["form_data"].update(chart_id=q["form_data"]["slice_id"], slice_id=0, groupby=["fee"]),
        q["queries"][0].update(columns=["fee"]),
    ),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_attack_is_refused_and_logged_without_values(guests, name, caplog):
    query = guests.stored_query(CHART)
    ATTACKS[name](query)
    with caplog.at_level(logging.WARNING, "embedstack.security.payload_wall"):
        answer = ask(guests, query)
    assert refused(answer) if "dataset" not in name else answer.status_code in (403, 404)
    logged = [record.getMessage() for record in caplog.records if "payload_wall" in record.name]
    assert len(logged) == (0 if answer.status_code == 404 else 1)
    assert all("northside/admin" in line for line in logged)
    assert not any(text in line for line in logged for text in ("patient_id", "p-1", "4711"))


@pytest.mark.parametrize(
    "body",
    [
        {"queries": None},
        {"queries": [{"columns": 7}]},
        {"queries": [{"orderby": [["x"]]}]},
        {"queries": [{"filters": [{"col": None, "op": "=="}]}]},
        {"queries": [{"extras": []}]},
        {"queries": [{"post_processing": [7]}]},
        {"form_data": []},
        {"form_data": {"slice_id": [1], "dashboardId": {}}},
        {"datasource": {"id": "x", "type": "query"}},
    ],
)
def test_malformed_request_is_no_answer(guests, body):
    answer = ask(guests, {**guests.stored_query(CHART), **body})
    assert answer.status_code in (400, 403, 404, 500)
    assert "result" not in (answer.json or {})


def test_native_filter_answers_its_values(guests):
    form_data = {"type": "NATIVE_FILTER", "native_filter_id": "NATIVE_FILTER-service"}
    query = {
        "datasource": {"id": guests.dataset_id, "type": "table"},
        "queries": [
            {
                "filters": [],
                "columns": ["service_name"],
                "metrics": [],
                "orderby": [["service_name", True]],
                "row_limit": 1000,
            }
        ],
        "form_data": {**form_data, "dashboardId": guests.dashboard_id},
        "result_type": "full",
    }
    answer = ask(guests, query)
    assert [row["service_name"] for row in answer.json["result"][0]["data"]] == [
        "Consultation", "Follow-up", "Imaging", "Minor procedure", "Physiotherapy"
    ]  # fmt: skip
    query["queries"][0]["columns"] = ["patient_id"]
    assert refused(ask(guests, query))


def drilled(guests, column):
    query = guests.stored_query(CHART)
    query["form_data"].update(chart_id=query["form_data"]["slice_id"], slice_id=0, groupby=[column])
    query["queries"][0]["columns"] = [column]
    return query


def test_drill_by_needs_the_tier(guests):
    assert ask(guests, drilled(guests, "service_name")).status_code == 200
    assert refused(ask(guests, drilled(guests, "service_name"), guests.token(assertion={"tier": ["view"]})))


def test_drilling_by_an_expression_is_refused(guests):
    query = drilled(guests, "service_name")
    query["queries"][0]["columns"] = [axis("(select 1)")]
    assert refused(ask(guests, query))


def detail(guests, token, body=None):
    path = SAMPLES.format(guests.dataset_id, guests.dashboard_id)
    period = {"filters": [{"col": "starts_at", "op": "TEMPORAL_RANGE", "val": "No filter"}], "extras": {"where": ""}}
    return guests.post(path, token, json=period if body is None else body)


@pytest.mark.parametrize("body", [None, {}])
def test_details_show_the_catalogues_columns_of_own_rows(guests, body):
    answer = detail(guests, guests.token(), body)
    assert answer.status_code == 200, answer.text
    result = answer.json["result"]
    assert result["colnames"] == DETAILS
    assert result["total_count"] == guests.rows_of("northside")
    assert len(result["data"]) == 50


def test_details_need_the_tier(guests):
    tier = guests.token(assertion={"tier": ["view", "table", "export"]})
    assert detail(guests, tier).status_code in (403, 404)


def test_details_by_columns_that_are_not_shown_are_refused(guests):
    by_fee = {"filters": [{"col": "fee", "op": ">", "val": 100}]}
    assert refused(detail(guests, guests.token(), by_fee))
    by_sql = {"filters": [], "extras": {"where": "fee > 100"}}
    assert refused(detail(guests, guests.token(), by_sql))


def test_details_of_another_dataset_are_refused(guests):
    path = SAMPLES.format(guests.dataset_id + 1, guests.dashboard_id)
    assert guests.post(path, guests.token(), json={}).status_code in (403, 404)


@pytest.mark.parametrize(("tier", "status"), [(["view", "export"], 200), (["view", "table", "drill"], 403)])
@pytest.mark.parametrize("result_format", ["csv", "xlsx"])
def test_export_is_a_tier(guests, tier, status, result_format):
    query = {**guests.stored_query(CHART), "result_format": result_format}
    form = {"form_data": json.dumps(query), "guest_token": guests.token(assertion={"tier": tier})}
    answer = guests.post("/api/v1/chart/data", None, data=form)
    assert answer.status_code == status, answer.text


def test_details_leave_no_session(guests, bootstrapped):
    redis = bootstrapped.app.config["SESSION_REDIS"]
    before = set(redis.keys("superset:session:*"))
    answer = detail(guests, guests.token())
    assert "Set-Cookie" not in answer.headers
    assert set(redis.keys("superset:session:*")) == before


PAGE_ROUTES = [
    "/api/v1/me/roles/",
    "/api/v1/dashboard/{dashboard}",
    "/api/v1/dashboard/{dashboard}/charts",
    "/api/v1/dashboard/{dashboard}/datasets",
    "/api/v1/dataset/{dataset}/drill_info/?q=(dashboard_id:{dashboard})",
    "/api/v1/time_range/?q='Last week'",
]


def test_routes_of_the_page_answer_without_sql(guests):
    for path in PAGE_ROUTES:
        answer = guests.get(path.format(dashboard=guests.dashboard_id, dataset=guests.dataset_id), guests.token())
        assert answer.status_code == 200, path
        assert not _names(answer.json) & DATABASES_SIDE, path


def _names(value):
    if isinstance(value, dict):
        return set(value).union(*(_names(item) for item in value.values()))
    if isinstance(value, list):
        return set().union(*(_names(item) for item in value))
    return set()


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/dashboard/",
        "/api/v1/dashboard/related/owners",
        "/api/v1/dashboard/related/roles",
        "/api/v1/dashboard/{dashboard}/embedded",
        "/api/v1/dashboard/{dashboard}/tabs",
        "/api/v1/dashboard/export/?q=!({dashboard})",
        "/api/v1/dashboard/favorite_status/?q=!({dashboard})",
        "/api/v1/dashboard/{dashboard}/thumbnail/x/",
        "/api/v1/dashboard/_info",
        "/api/v1/chart/",
        "/api/v1/chart/1",
        "/api/v1/chart/1/data/",
        "/api/v1/chart/data/key",
        "/api/v1/chart/related/owners",
        "/api/v1/chart/_info",
        "/api/v1/dataset/{dataset}",
        "/api/v1/dataset/related/owners",
        "/api/v1/theme/",
        "/api/v1/css_template/",
        "/api/v1/annotation_layer/",
        "/api/v1/embedded_dashboard/x",
        "/api/v1/me/",
        "/api/v1/async_event/",
        "/api/v1/form_data/?slice_id=1",
        "/api/v1/menu/",
        "/api/v1/available_domains/",
        "/api/v1/datasource/table/{dataset}/column/patient_id/values/",
        "/datasource/get/table/{dataset}/",
        "/datasource/external_metadata/table/{dataset}/",
        "/dashboard/{dashboard}/embedded",
        "/superset/dashboard/{dashboard}/",
        "/superset/explore_json/",
        "/explore/",
        "/",
    ],
)
def test_no_other_route_answers_guests(guests, path):
    path = path.format(dashboard=guests.dashboard_id, dataset=guests.dataset_id)
    assert guests.get(path, guests.token()).status_code == 404, path


def test_no_other_dashboard_answers_guests(guests, app):
    from superset.extensions import db
    from superset.models.dashboard import Dashboard

    other = Dashboard(dashboard_title="Another", slug="another", published=True)
    db.session.add(other)
    db.session.commit()
    number = other.id
    try:
        for part in ("", "/charts", "/datasets"):
            answer = guests.get(f"/api/v1/dashboard/{number}{part}", guests.token())
            assert answer.status_code in (403, 404)
        path = f"/api/v1/dataset/{guests.dataset_id}/drill_info/?q=(dashboard_id:{number})"
        assert guests.get(path, guests.token()).status_code == 403
        query = guests.stored_query(CHART)
        query["form_data"]["dashboardId"] = number
        assert refused(ask(guests, query))
    finally:
        db.session.query(Dashboard).filter_by(id=number).delete()
        db.session.commit()
