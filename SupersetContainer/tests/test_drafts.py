import dataclasses
import shutil

import pytest
import yaml

from embedstack.bootstrap.assets import import_assets
from embedstack.bootstrap.context import Context
from embedstack.bootstrap.failure import BootstrapFailure
from embedstack.bootstrap.self_check import check_as_guest


COUNTS = "clinic/appointments_total.yaml"


@pytest.fixture
def draft(bootstrapped, tmp_path):
    """The bootstrapped Superset's assets with one chart that was not recorded, and that chart's UUID."""
    context = Context(assets=tmp_path / "assets")
    shutil.copytree(bootstrapped.assets, context.assets)
    file = context.assets / "charts" / "clinic" / "no_show_rate.yaml"
    config = yaml.safe_load(file.read_text(encoding="utf-8"))
    del config["query_context"]
    file.write_text(yaml.safe_dump(config, sort_keys=False), encoding="utf-8")
    context.app, context.catalog = bootstrapped.app, bootstrapped.catalog
    context.settings = bootstrapped.settings
    yield context, config["uuid"]
    import_assets(bootstrapped)


def stored_query(context, uuid):
    from superset.extensions import db
    from superset.models.slice import Slice

    with context.app.app_context():
        return db.session.query(Slice).filter_by(uuid=uuid).one().query_context


def test_draft_is_refused_unless_asked_for(draft):
    context, _ = draft
    with pytest.raises(BootstrapFailure, match=r"no_show_rate\.yaml has no query_context"):
        import_assets(context)


def test_draft_is_imported_without_a_query_where_asked_for(draft):
    context, uuid = draft
    context.settings = dataclasses.replace(context.settings, accepts_drafts=True)
    import_assets(context)
    assert stored_query(context, uuid) is None
    assert check_as_guest(context).startswith("11 charts answer")


def test_nothing_is_checked_by_a_chart_that_is_a_draft(draft):
    context, _ = draft
    context.settings = dataclasses.replace(context.settings, accepts_drafts=True)
    file = next((context.assets / "charts").rglob(COUNTS))
    config = yaml.safe_load(file.read_text(encoding="utf-8"))
    file.write_text(yaml.safe_dump({**config, "query_context": None}), encoding="utf-8")
    import_assets(context)
    assert "is a draft" in check_as_guest(context)
