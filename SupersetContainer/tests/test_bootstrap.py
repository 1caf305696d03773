import pytest

from embedstack.bootstrap.failure import BootstrapFailure
from embedstack.bootstrap.publish import publish_ids
from embedstack.bootstrap.roles import reconcile_roles
from embedstack.bootstrap.runner import run_steps
from embedstack.bootstrap.service_account import reconcile_service_account
from embedstack.bootstrap.steps import STEPS
from embedstack.security.roles import ROLE_PERMISSIONS, SERVICE_ROLE, VIEWER_ROLE


def permissions(role):
    from superset import security_manager

    return {(row.permission.name, row.view_menu.name) for row in security_manager.find_role(role).permissions}


def version(stack):
    return stack.query("embedstack", "SELECT version FROM shared.data_version WHERE name = 'superset'")


def test_roles_hold_exactly_their_list(app):
    assert {name: permissions(name) for name in ROLE_PERMISSIONS} == dict(ROLE_PERMISSIONS)


def test_only_the_service_account_can_sign_in(bootstrapped, stack):
    assert stack.first_accounts == [(bootstrapped.settings.service_account_username, SERVICE_ROLE)]


def test_second_run_changes_nothing(bootstrapped, stack, capsys):
    ids = stack.query("embedstack", "SELECT * FROM shared.catalog_ids ORDER BY kind, key")
    before = version(stack)
    assert run_steps(STEPS[3:], bootstrapped) == 0
    assert stack.query("embedstack", "SELECT * FROM shared.catalog_ids ORDER BY kind, key") == ids
    assert version(stack) == before
    output = capsys.readouterr().out
    assert "roles are as listed" in output and "is as listed" in output


def test_drift_of_roles_is_corrected_and_named(app, bootstrapped):
    from superset import security_manager
    from superset.extensions import db

    extra = security_manager.find_permission_view_menu("can_write", "Dashboard")
    public, viewer = security_manager.find_role("Public"), security_manager.find_role(VIEWER_ROLE)
    for role in (public, viewer):
        role.permissions.append(extra)
    viewer.permissions.remove(security_manager.find_permission_view_menu("can_read", "Chart"))
    db.session.commit()
    said = reconcile_roles(bootstrapped)
    assert "Public loses can_write on Dashboard" in said
    assert f"{VIEWER_ROLE} loses can_write on Dashboard" in said
    assert f"{VIEWER_ROLE} gains can_read on Chart" in said
    assert permissions("Public") == set()
    assert permissions(VIEWER_ROLE) == ROLE_PERMISSIONS[VIEWER_ROLE]


def test_drift_of_the_service_account_is_corrected(app, bootstrapped):
    from superset import security_manager
    from superset.extensions import db

    user = security_manager.find_user(bootstrapped.settings.service_account_username)
    user.roles = [security_manager.find_role("Admin")]
    user.active = False
    user.password = "x"
    db.session.commit()
    assert reconcile_service_account(bootstrapped).endswith("password, roles, state corrected")
    user = security_manager.find_user(bootstrapped.settings.service_account_username)
    assert [role.name for role in user.roles] == [SERVICE_ROLE]
    assert user.active


def test_embedding_has_the_catalogs_uuid_and_the_configured_origins(stack, bootstrapped):
    rows = stack.query("superset", "SELECT uuid::text, allow_domain_list FROM embedded_dashboards")
    domains = ",".join(bootstrapped.settings.host_origins)
    assert set(rows) == {(entry.embedded_uuid, domains) for entry in bootstrapped.catalog.dashboards}


def test_published_ids_name_the_datasets_of_a_dashboard(stack, bootstrapped):
    sql = "SELECT key, uuid::text, datasets FROM shared.catalog_ids WHERE kind = 'dashboard'"
    published = {key: (uuid, datasets) for key, uuid, datasets in stack.query("embedstack", sql)}
    entries = bootstrapped.catalog.dashboards
    assert published == {entry.key: (entry.uuid, sorted(entry.datasets)) for entry in entries}


def test_dataset_that_only_a_filter_reaches_stops_the_publishing(app, bootstrapped):
    import json

    from superset.extensions import db
    from superset.models.dashboard import Dashboard

    dashboard = db.session.query(Dashboard).filter_by(slug="clinic").one()
    original = dashboard.json_metadata
    metadata = json.loads(original)
    metadata["native_filter_configuration"][1]["targets"][0]["datasetId"] = 4711
    dashboard.json_metadata = json.dumps(metadata)
    db.session.commit()
    try:
        with pytest.raises(BootstrapFailure, match="4711"):
            publish_ids(bootstrapped)
    finally:
        dashboard.json_metadata = original
        db.session.commit()


def test_stored_connection_has_no_password(stack, bootstrapped):
    rows = stack.query("superset", "SELECT sqlalchemy_uri, password, encrypted_extra FROM dbs")
    assert rows == [("postgresql+psycopg2://clinic_reader@clinic-db/clinic", None, None)]


def test_stored_queries_carry_this_installations_numbers(app):
    import json

    from superset.extensions import db
    from superset.models.slice import Slice

    for chart in db.session.query(Slice).all():
        context = json.loads(chart.query_context)
        assert context["form_data"]["slice_id"] == chart.id
        assert context["datasource"]["id"] == chart.datasource_id


def test_self_check_notices_a_reader_that_sees_everything(bootstrapped, stack, capsys):
    stack.query("clinic", "ALTER ROLE clinic_reader BYPASSRLS")
    try:
        assert run_steps(STEPS[-1:], bootstrapped) == 1
    finally:
        stack.query("clinic", "ALTER ROLE clinic_reader NOBYPASSRLS")
    assert "failed at step 'self-check'" in capsys.readouterr().err


def test_database_step_refuses_a_role_that_passes_the_policies(bootstrapped, stack, capsys):
    stack.query("clinic", "ALTER ROLE clinic_reader BYPASSRLS")
    try:
        steps = [step for step in STEPS if step.name == "database connection"]
        assert run_steps(steps, bootstrapped) == 1
    finally:
        stack.query("clinic", "ALTER ROLE clinic_reader NOBYPASSRLS")
    assert "is not a plain reader" in capsys.readouterr().err
