import json
import time

import pytest
import yaml
from test_round_trip import exported, files

from embedstack.authors import session as authors_session
from embedstack.authors.check import begin
from embedstack.bootstrap.asset_files import read_texts
from embedstack.bootstrap.assets import KINDS, import_assets

RIGHTS = (("can_read", "Authoring"), ("can_write", "Authoring"), ("can_read", "SecurityRestApi"))

NAME = "ann@embedstack.example"


class Author:
    """A signed-in person's requests, with the token against forged ones."""

    def __init__(self, context, user):
        self._client = context.app.test_client()
        self._headers = {"X-Superset-Ingress": context.settings.ingress_secret}
        with context.app.app_context():
            check = begin("ann", "none", 300)
        with self._client.session_transaction() as session:
            session["_user_id"], session["_fresh"] = str(user), True
            session[authors_session._UNTIL] = time.time() + 300
            session[authors_session._CHECK] = check
        self._headers["X-CSRFToken"] = self.get("/api/v1/security/csrf_token/").json["result"]

    def get(self, path):
        return self._client.get(path, headers=self._headers)

    def post(self, path, body):
        return self._client.post(path, json=body, headers=self._headers)


@pytest.fixture
def author(bootstrapped):
    """An author with the rights that recording needs."""
    from superset import security_manager
    from superset.extensions import db

    with bootstrapped.app.app_context():
        rights = [security_manager.find_permission_view_menu(*right) for right in RIGHTS]
        role = security_manager.add_role("Recorder", rights)
        user = security_manager.add_user(NAME, "Ann", "Author", NAME, role)
        number = user.id
    yield Author(bootstrapped, number)
    with bootstrapped.app.app_context():
        user = security_manager.get_user_by_id(number)
        for owned in owned_by(number):
            owned.owners.remove(user)
        db.session.delete(user)
        db.session.delete(security_manager.find_role("Recorder"))
        db.session.commit()


@pytest.fixture
def assets_put_right(bootstrapped, author):
    """What the author replaced is as before again."""
    yield
    import_assets(bootstrapped)


def owned_by(number):
    from superset.extensions import db
    from superset.models.dashboard import Dashboard
    from superset.models.slice import Slice

    rows = [row for model in (Dashboard, Slice) for row in db.session.query(model)]
    return [row for row in rows if number in [owner.id for owner in row.owners]]


@pytest.mark.usefixtures("assets_put_right")
def test_what_an_author_sends_comes_back_in_exported_form(bootstrapped, author):
    stored = files(bootstrapped.assets)
    dashboard = bootstrapped.catalog.dashboards[0].uuid
    sent = {name: as_draft(name, text) for name, text in read_texts(bootstrapped.assets, *KINDS).items()}
    answer = author.post("/api/v1/authoring/assets", {"files": sent})
    assert answer.status_code == 200, answer.text
    charts = author.get(f"/api/v1/authoring/dashboards/{dashboard}").json["result"]
    assert {chart["uuid"] for chart in charts} < stored.keys()
    texts = author.get(f"/api/v1/authoring/dashboards/{dashboard}/assets").json["result"]
    assert texts.keys() >= {dashboard, *(chart["uuid"] for chart in charts)}
    for chart in charts:
        assert "query_context: null" in texts[chart["uuid"]]
    assert texts[dashboard] == stored[dashboard]


@pytest.mark.usefixtures("assets_put_right")
def test_author_comes_to_own_what_the_page_saves_to_owners_alone(bootstrapped, author):
    texts = read_texts(bootstrapped.assets, *KINDS)
    assert author.post("/api/v1/authoring/assets", {"files": texts}).status_code == 200
    with bootstrapped.app.app_context():
        from superset import security_manager

        names = {type(row).__name__ for row in owned_by(security_manager.find_user(NAME).id)}
    assert names == {"Dashboard", "Slice"}
    assert exported(bootstrapped) == files(bootstrapped.assets)


@pytest.mark.usefixtures("assets_put_right")
def test_control_that_was_saved_no_more_stays_as_the_charts_file_has_it(bootstrapped, author):
    name, control = "charts/revenue/overdue.yaml", "metric_name_font_size"
    texts = read_texts(bootstrapped.assets, *KINDS)
    saved = yaml.safe_load(texts[name])
    query = json.loads(saved["query_context"])
    del saved["params"][control], query["form_data"][control]
    sent = {**texts, name: json.dumps({**saved, "query_context": json.dumps(query)})}
    assert author.post("/api/v1/authoring/assets", {"files": sent}).status_code == 200
    dashboard = next(entry.uuid for entry in bootstrapped.catalog.dashboards if entry.key == "revenue")
    path = f"/api/v1/authoring/dashboards/{dashboard}/assets"

    assert control not in author.get(path).json["result"][saved["uuid"]]
    assert author.post(path, {"before": [texts[name]]}).json["result"][saved["uuid"]] == texts[name]


@pytest.mark.parametrize(("before", "status"), [({"a": "b"}, 400), ([1], 400), (["a: ["], 422)])
def test_files_of_before_are_a_list_of_texts(bootstrapped, author, before, status):
    dashboard = bootstrapped.catalog.dashboards[0].uuid
    answer = author.post(f"/api/v1/authoring/dashboards/{dashboard}/assets", {"before": before})
    assert answer.status_code == status


def test_author_changes_no_dataset(bootstrapped, author):
    texts = read_texts(bootstrapped.assets, *KINDS)
    texts["datasets/clinic/appointments.yaml"] = texts["datasets/clinic/appointments.yaml"].replace(
        "COUNT(*)", "MAX(query_to_xml('select 1', true, false, '')::text)"
    )
    answer = author.post("/api/v1/authoring/assets", {"files": texts})
    assert answer.status_code == 422
    assert "another dataset than datasets/clinic/appointments.yaml" in answer.json["message"]
    assert exported(bootstrapped) == files(bootstrapped.assets)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"files": {"databases/clinic.yaml": "a: 1"}}, 400),
        ({"files": {"charts/a.yaml": 1}}, 400),
        ({"files": {"datasets/a.yaml": "table_name: 1"}}, 422),
    ],
)
def test_anything_but_assets_is_refused(author, body, status):
    assert author.post("/api/v1/authoring/assets", body).status_code == status


def test_guests_and_strangers_have_no_way_in(bootstrapped, guests):
    dashboard = bootstrapped.catalog.dashboards[0].uuid
    for path in (f"/api/v1/authoring/dashboards/{dashboard}", f"/api/v1/authoring/dashboards/{dashboard}/assets"):
        assert guests.get(path, guests.token()).status_code == 404
        assert guests.get(path, None).status_code == 401


def as_draft(name, text):
    """A chart before it was recorded."""
    config = yaml.safe_load(text)
    if name.startswith("charts/"):
        config["query_context"] = None
    return json.dumps(config)


def test_forged_request_replaces_nothing(author):
    """Without the token that only Superset's own pages can read."""
    del author._headers["X-CSRFToken"]
    answer = author.post("/api/v1/authoring/assets", {"files": {}})
    assert answer.status_code == 400
    assert "CSRF" in answer.text
