import copy
import json
import logging

import pytest
from support.page import axis

SAMPLES = "/datasource/samples?datasource_type=table&datasource_id={}&dashboard_id={}&page=1&per_page=50&force=true"
LEAK = {
    "expressionType": "SQL",
    "label": "leak",
    "sqlExpression": "string_agg(distinct tenant_id || patient_id::text, ',')",
}


def refused(answer):
    assert answer.status_code == 403, answer.text
    assert "tenant_id" not in answer.text and "clinic." not in answer.text
    return True


def ask(guests, query, guest_token):
    return guests.post("/api/v1/chart/data", guest_token, json=query)


def token(guests, page, **assertion):
    return guests.token(embedded=page.embedded_uuid, assertion=assertion)


def stored_requests(app, entry):
    """A dashboard's charts with their names, as the page asks them: plainly, and for a time where one can be chosen."""
    from superset.extensions import db
    from superset.models.dashboard import Dashboard

    # Not around the requests: they would share one guest.
    with app.app_context():
        stored = db.session.query(Dashboard).filter_by(uuid=entry.uuid).one()
        filters = json.loads(stored.json_metadata)["native_filter_configuration"]
        for chart in stored.slices:
            asked = json.loads(chart.query_context)
            asked["form_data"]["dashboardId"] = stored.id
            yield chart.slice_name, asked
            if any(one["filterType"] == "filter_time" for one in filters):
                timed = copy.deepcopy(asked)
                for query in timed["queries"]:
                    query["time_range"] = "2025-01-01 : 2025-07-01"
                yield f"{chart.slice_name}, for a time", timed


@pytest.fixture
def administrators_see_everything(stack):
    """Dashboards of other roles, too."""
    insert = (
        "INSERT INTO shared.entitlements (dashboard_key, role, tenant) SELECT key, 'admin', 'northside' FROM shared.dashboards"
    )
    stack.query("embedstack", insert)
    yield
    stack.query("embedstack", "DELETE FROM shared.entitlements WHERE tenant = 'northside'")


@pytest.mark.usefixtures("administrators_see_everything")
def test_every_chart_of_the_catalogue_passes_as_its_page_asks_it(guests, bootstrapped):
    """Whether the stand-in database has its columns is another matter."""
    for entry in bootstrapped.catalog.dashboards:
        guest_token = guests.token(embedded=entry.embedded_uuid)
        for name, asked in list(stored_requests(bootstrapped.app, entry)):
            for body in (asked, {**asked, "result_type": "results"}):
                answer = ask(guests, body, guest_token)
                assert answer.status_code in (200, 400), f"{entry.key}: {name}: {answer.text}"


def test_own_charts_are_answered_filtered_or_not(guests, page):
    extra = {"col": "service_name", "op": "IN", "val": ["Imaging"]}
    for name in page.charts:
        stored = page.chart(name)
        filtered, timed = copy.deepcopy(stored), copy.deepcopy(stored)
        filtered["queries"][0]["filters"].append(extra)
        timed["queries"][0]["time_range"] = "2025-01-01 : 2025-07-01"
        for query in (stored, filtered, timed, {**stored, "result_type": "results"}):
            answer = ask(guests, query, token(guests, page))
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
    "a native filter of another name": lambda q: q["form_data"].update(type="NATIVE_FILTER", native_filter_id="F-none"),
    "a native filter of another column": lambda q: q["form_data"].update(type="NATIVE_FILTER", native_filter_id="F-service"),
    "tooltip columns": lambda q: q["form_data"].update(tooltip_contents=["patient_id"]),
    "more rows of the form": lambda q: q["form_data"].update(row_limit=1_000_000_000),
    "rows in place of groups": lambda q: q["queries"][0].update(metrics=None, columns=["staff_name"]),
    "steps that are none": lambda q: q["queries"][0].update(post_processing=[{"operation": "prophet"}]),
    "a drill to a column of its own": lambda q: (
        q["form_data"].update(chart_id=q["form_data"]["slice_id"], slice_id=0, groupby=["fee"]),
        q["queries"][0].update(columns=["fee"]),
    ),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_attack_is_refused_and_logged_without_values(guests, page, name, caplog):
    query = page.chart("clinicians")
    ATTACKS[name](query)
    with caplog.at_level(logging.WARNING, "embedstack.security.payload.manager"):
        answer = ask(guests, query, token(guests, page))
    assert refused(answer) if "dataset" not in name else answer.status_code in (403, 404)
    logged = [record.getMessage() for record in caplog.records if "payload.manager" in record.name]
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
def test_malformed_request_is_no_answer(guests, page, body):
    answer = ask(guests, {**page.chart("clinicians"), **body}, token(guests, page))
    assert answer.status_code in (400, 403, 404, 500)
    assert "result" not in (answer.json or {})


def test_native_filter_answers_its_values(guests, page):
    query = page.filter_values()
    answer = ask(guests, query, token(guests, page))
    services = ["Consultation", "Follow-up", "Imaging", "Minor procedure", "Physiotherapy"]
    assert [row["service_name"] for row in answer.json["result"][0]["data"]] == services
    query["queries"][0]["columns"] = ["patient_id"]
    assert refused(ask(guests, query, token(guests, page)))


def test_drill_by_needs_the_tier(guests, page):
    query = page.drilled("clinicians", "service_name")
    assert ask(guests, query, token(guests, page)).status_code == 200
    assert refused(ask(guests, query, token(guests, page, tier=["view"])))


def test_drilling_by_an_expression_is_refused(guests, page):
    query = page.drilled("clinicians", "service_name")
    query["queries"][0]["columns"] = [axis("(select 1)")]
    assert refused(ask(guests, query, token(guests, page)))


def detail(guests, page, body=None, **assertion):
    path = SAMPLES.format(page.dataset, page.number)
    period = {"filters": [{"col": "starts_at", "op": "TEMPORAL_RANGE", "val": "No filter"}], "extras": {"where": ""}}
    return guests.post(path, token(guests, page, **assertion), json=period if body is None else body)


@pytest.mark.parametrize("body", [None, {}])
def test_details_show_the_catalogues_columns_of_own_rows(guests, page, body):
    answer = detail(guests, page, body)
    assert answer.status_code == 200, answer.text
    result = answer.json["result"]
    assert tuple(result["colnames"]) == guests.context.catalog.datasets["appointments"].detail_columns
    assert result["total_count"] == guests.rows_of("northside")
    assert len(result["data"]) == 50


def test_details_need_the_tier(guests, page):
    assert detail(guests, page, tier=["view", "table", "export"]).status_code in (403, 404)


def test_details_by_columns_that_are_not_shown_are_refused(guests, page):
    assert refused(detail(guests, page, {"filters": [{"col": "fee", "op": ">", "val": 100}]}))
    assert refused(detail(guests, page, {"filters": [], "extras": {"where": "fee > 100"}}))


def test_details_of_another_dataset_are_refused(guests, page):
    path = SAMPLES.format(page.dataset + 1, page.number)
    assert guests.post(path, token(guests, page), json={}).status_code in (403, 404)


@pytest.mark.parametrize(("tier", "status"), [(["view", "export"], 200), (["view", "table", "drill"], 403)])
@pytest.mark.parametrize("result_format", ["csv", "xlsx"])
def test_export_is_a_tier(guests, page, tier, status, result_format):
    query = {**page.chart("clinicians"), "result_format": result_format}
    form = {"form_data": json.dumps(query), "guest_token": token(guests, page, tier=tier)}
    answer = guests.post("/api/v1/chart/data", None, data=form)
    assert answer.status_code == status, answer.text


@pytest.mark.parametrize("row_limit", [10**9, str(10**9), 10**30])
def test_export_is_never_streamed(guests, page, row_limit):
    """Streamed, it would run after the request, without the escape of formulas."""
    query = {**page.chart("clinicians"), "result_format": "csv"}
    query["form_data"]["row_limit"] = row_limit
    form = {"form_data": json.dumps(query), "guest_token": token(guests, page, tier=["view", "export"])}
    assert refused(guests.post("/api/v1/chart/data", None, data=form))


def test_details_leave_no_session(guests, page, bootstrapped):
    redis = bootstrapped.app.config["SESSION_REDIS"]
    before = set(redis.keys("superset:session:*"))
    answer = detail(guests, page)
    assert "Set-Cookie" not in answer.headers
    assert set(redis.keys("superset:session:*")) == before
