"""Whatever rows an author is shown, the Api hears of it with the answer."""

import json

import pytest

from embedstack.authors.event import HEADER

SUBJECT = "6a5c8a33-0000-4000-8000-000000000001"


@pytest.fixture
def signed_in(author):
    author.sign_in()
    return author


def question(guests):
    return {
        "datasource": {"id": guests.dataset_id, "type": "table"},
        "queries": [{"columns": ["tenant_id"], "metrics": [], "row_limit": 10}],
        "result_type": "full",
        "result_format": "json",
    }


def told_of(answer, guests):
    assert answer.status_code == 200, answer.text
    assert json.loads(answer.headers[HEADER]) == {
        "kind": "data_access",
        "subject": SUBJECT,
        "tenant": "northside",
        "refusal": None,
        "datasets": [guests.dataset_id],
    }


def test_rows_of_a_chart_are_told_of_cold_and_kept(signed_in, guests):
    for _ in range(2):
        told_of(signed_in.post("/api/v1/chart/data", json=question(guests)), guests)


def test_single_rows_are_told_of(signed_in, guests):
    path = f"/datasource/samples?datasource_type=table&datasource_id={guests.dataset_id}&page=1&per_page=5"
    told_of(signed_in.post(path, json={"filters": []}), guests)


def test_values_of_a_column_are_told_of(signed_in, guests):
    told_of(signed_in.get(f"/api/v1/datasource/table/{guests.dataset_id}/column/tenant_id/values/"), guests)


def test_what_shows_no_rows_is_not_told_of(signed_in, guests):
    for path in (f"/api/v1/dataset/{guests.dataset_id}", "/api/v1/chart/", "/api/v1/me/"):
        answer = signed_in.get(path)
        assert answer.status_code == 200
        assert HEADER not in answer.headers


def test_what_failed_is_not_told_of(signed_in, guests):
    refused = signed_in.post("/api/v1/chart/data", json={**question(guests), "queries": [{"columns": ["nonsense"]}]})
    assert refused.status_code >= 400
    assert HEADER not in refused.headers
