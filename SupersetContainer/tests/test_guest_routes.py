"""Guests reach the routes of an embedded page, without SQL, and no others."""

import pytest
from test_payload_wall import ask, refused, token

from embedstack.security.guest_routes import DATABASES_SIDE

PAGE_ROUTES = [
    "/api/v1/me/roles/",
    "/api/v1/dashboard/{dashboard}",
    "/api/v1/dashboard/{dashboard}/charts",
    "/api/v1/dashboard/{dashboard}/datasets",
    "/api/v1/dataset/{dataset}/drill_info/?q=(dashboard_id:{dashboard})",
    "/api/v1/time_range/?q='Last week'",
]


def test_routes_of_the_page_answer_without_sql(guests, page):
    for path in PAGE_ROUTES:
        path = path.format(dashboard=page.number, dataset=page.dataset)
        answer = guests.get(path, token(guests, page))
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
def test_no_other_route_answers_guests(guests, page, path):
    path = path.format(dashboard=page.number, dataset=page.dataset)
    assert guests.get(path, token(guests, page)).status_code == 404, path


@pytest.fixture
def other_dashboard(bootstrapped):
    from superset.extensions import db
    from superset.models.dashboard import Dashboard

    with bootstrapped.app.app_context():
        other = Dashboard(dashboard_title="Another", slug="another", published=True)
        db.session.add(other)
        db.session.commit()
        number = other.id
    yield number
    with bootstrapped.app.app_context():
        db.session.query(Dashboard).filter_by(id=number).delete()
        db.session.commit()


def test_no_other_dashboard_answers_guests(guests, page, other_dashboard):
    for part in ("", "/charts", "/datasets"):
        answer = guests.get(f"/api/v1/dashboard/{other_dashboard}{part}", token(guests, page))
        assert answer.status_code in (403, 404)
    path = f"/api/v1/dataset/{page.dataset}/drill_info/?q=(dashboard_id:{other_dashboard})"
    assert guests.get(path, token(guests, page)).status_code == 403
    query = page.chart("clinicians")
    query["form_data"]["dashboardId"] = other_dashboard
    assert refused(ask(guests, query, token(guests, page)))
