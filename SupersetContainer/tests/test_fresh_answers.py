"""Guests' pages may ask past the cache, one question once in a while."""

import copy
import time
from contextlib import contextmanager

import pytest
from redis import RedisError

from embedstack.security import fresh_answers

MEMO_SECONDS = 1.05
SAMPLES = "/datasource/samples?datasource_type=table&datasource_id={}&dashboard_id={}&page={}&per_page=50&force=true"


@pytest.fixture(scope="module", autouse=True)
def known(page):
    """Until everybody knows that the assets have changed."""
    time.sleep(MEMO_SECONDS)


@pytest.fixture(autouse=True)
def empty_cache(bootstrapped):
    from superset.extensions import cache_manager

    with bootstrapped.app.app_context():
        cache_manager.data_cache.clear()


@contextmanager
def one_appointment_more(stack):
    """A row that no cached answer counts."""
    stack.query(
        "clinic",
        "INSERT INTO clinic.appointments SELECT 90002, tenant_id, clinic_name, staff_id, staff_name, patient_id, "
        "service_name, service_category, starts_at, duration_minutes, status, fee "
        "FROM clinic.appointments WHERE tenant_id = 'northside' LIMIT 1",
    )
    try:
        yield
    finally:
        stack.query("clinic", "DELETE FROM clinic.appointments WHERE appointment_id = 90002")


def asked(guests, page, query, identity="northside/admin", **rules):
    answer = guests.post("/api/v1/chart/data", guests.token(identity, embedded=page.embedded_uuid, **rules), json=query)
    assert answer.status_code == 200, answer.text
    return answer.json["result"][0]


def is_fresh(guests, page, query, identity="northside/admin"):
    return not asked(guests, page, query, identity)["is_cached"]


def test_second_fresh_answer_within_a_moment_is_the_cached_one(guests, page, stack):
    query = page.chart("total")
    first = asked(guests, page, query)
    with one_appointment_more(stack):
        again = asked(guests, page, query)
        assert not first["is_cached"] and again["is_cached"]
        assert again["data"] == first["data"]


def test_fresh_answer_comes_again_after_the_moment(guests, page, monkeypatch, bootstrapped):
    from superset.extensions import cache_manager

    query = page.chart("total")
    assert is_fresh(guests, page, query)
    assert not is_fresh(guests, page, query)
    with bootstrapped.app.app_context():
        server = bootstrapped.app.config["SESSION_REDIS"]
        marks = server.keys("superset:data:fresh:*")
        assert len(marks) == 1 and 0 < server.ttl(marks[0]) <= fresh_answers.SECONDS
        server.delete(*marks)
    assert is_fresh(guests, page, query)


def test_other_charts_and_other_identities_have_their_own_turn(guests, page):
    assert is_fresh(guests, page, page.chart("total"))
    assert is_fresh(guests, page, page.chart("clinicians"))
    assert is_fresh(guests, page, page.chart("total"), "harbour/admin")
    assert not is_fresh(guests, page, page.chart("clinicians"))


def test_drills_and_filters_have_one_turn_each(guests, page):
    drilled, values = page.drilled("clinicians", "service_name"), page.filter_values()
    assert is_fresh(guests, page, drilled)
    assert is_fresh(guests, page, values)
    # Another column is another question to the cache, and the same one here.
    assert is_fresh(guests, page, page.drilled("clinicians", "staff_name"))
    assert not is_fresh(guests, page, drilled)
    assert not is_fresh(guests, page, values)


@pytest.mark.parametrize(
    "change",
    [{"type": "x"}, {"chart_id": 4711}, {"native_filter_id": "F-none"}, {"anything": 1}],
    ids=str,
)
def test_nothing_in_the_form_data_gives_another_turn(guests, page, change):
    query = page.chart("total")
    assert is_fresh(guests, page, query)
    changed = copy.deepcopy(query)
    changed["form_data"].update(change)
    assert not is_fresh(guests, page, changed)


def test_details_are_asked_afresh_once_in_a_while(guests, page, stack):
    body = {"filters": [{"col": "starts_at", "op": "TEMPORAL_RANGE", "val": "No filter"}]}

    def total(number=1):
        token = guests.token(embedded=page.embedded_uuid)
        answer = guests.post(SAMPLES.format(page.dataset, page.number, number), token, json=body)
        assert answer.status_code == 200, answer.text
        return answer.json["result"]["total_count"]

    first = total()
    with one_appointment_more(stack):
        assert total() == total(2) == first


def test_cache_that_does_not_answer_is_no_error(guests, page, bootstrapped, monkeypatch):
    from superset.extensions import cache_manager

    def away(*_args, **_kwargs):
        raise RedisError("away")

    query = page.chart("total")
    assert is_fresh(guests, page, query)
    with bootstrapped.app.app_context():
        monkeypatch.setattr(cache_manager.data_cache.cache, "add", away)
    assert not is_fresh(guests, page, query)
