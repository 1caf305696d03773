"""The database wall's near side on code paths with and without a request."""

import pytest
from flask import g
from sqlalchemy.exc import ProgrammingError

from embedstack.database.mutator import ConnectionRefused
from embedstack.security.guest import EmbedGuest

TABLE = "appointment_facts"
SQL = "SELECT current_user, count(*), max(tenant_id), count(DISTINCT tenant_id) FROM "
STORES = {
    "northside": {"kind": "shared", "database": "clinic", "schema": "clinic"},
    "manly": {"kind": "schema", "database": "clinic", "schema": "clinic_manly"},
    "hurstville": {"kind": "database", "database": "clinic_hurstville", "schema": "clinic"},
}


@pytest.fixture
def guest(app, guests):
    from superset import security_manager

    def make(identity="northside/admin", **assertion):
        token = security_manager.parse_jwt_guest_token(guests.token(identity, assertion=assertion))
        return security_manager.get_guest_user_from_token(token)

    return make


def read(table=TABLE):
    return ask(SQL + table)


def ask(sql):
    from superset.extensions import db
    from superset.models.core import Database

    with db.session.query(Database).one().get_sqla_engine() as engine, engine.connect() as connection:
        return tuple(connection.execute(sql).one())


def check_that_nobody_reads():
    with pytest.raises(ProgrammingError, match=f'relation "{TABLE}" does not exist'):
        read()
    assert read(f"clinic.{TABLE}") == ("clinic_reader", 0, None, 0)


def test_without_anybody_the_reader_sees_nothing(app):
    check_that_nobody_reads()


@pytest.mark.parametrize("tenant", STORES)
def test_store_decides_where_a_guest_reads(app, guest, tenant):
    store = STORES[tenant]
    where = "SELECT current_database(), current_setting('search_path'), max(tenant_id) FROM " + TABLE
    with app.test_request_context():
        g.user = guest(f"{tenant}/admin", store=store)
        assert ask(where) == (store["database"], store["schema"], tenant)


def test_store_of_another_tenant_shows_no_rows(app, guest, monkeypatch):
    # What the registry says of the store is another wall.
    monkeypatch.setattr("embedstack.security.manager.check_standing", lambda *_: None)
    with app.test_request_context():
        g.user = guest("northside/admin", store=STORES["manly"])
        assert read() == ("clinic_reader", 0, None, 0)


def test_statements_end_after_five_minutes(app, guest):
    with app.test_request_context():
        g.user = guest()
        assert ask("SHOW statement_timeout") == ("5min",)


def test_guest_of_a_request(app, guest, guests):
    with app.test_request_context():
        g.user = guest()
        assert read() == ("clinic_reader", guests.rows_of("northside"), "northside", 1)


def test_guest_after_the_request(app, guest, guests):
    g._login_user = guest("harbour/admin")
    try:
        assert read() == ("clinic_reader", guests.rows_of("harbour"), "harbour", 1)
    finally:
        del g._login_user


def test_guest_of_a_background_task(app, guest, guests):
    from superset.utils.core import override_user

    with override_user(guest()):
        assert read() == ("clinic_reader", guests.rows_of("northside"), "northside", 1)


def test_signed_in_user_has_no_claims(app, bootstrapped):
    from superset import security_manager

    with app.test_request_context():
        g.user = security_manager.find_user(bootstrapped.settings.service_account_username)
        check_that_nobody_reads()


def test_stock_guest_without_verified_claims_has_none(app, guest):
    from superset.security.guest_token import GuestUser

    with app.test_request_context():
        g.user = GuestUser(guest().guest_token, [])
        assert not isinstance(g.user, EmbedGuest)
        check_that_nobody_reads()


def test_guest_reaches_no_other_database(app, guest):
    from sqlalchemy.engine import make_url

    mutate = app.config["DB_CONNECTION_MUTATOR"]
    elsewhere = make_url("postgresql://somebody@elsewhere/database")
    assert mutate(elsewhere, {"a": 1}, None, None, None) == (elsewhere, {"a": 1})
    with app.test_request_context():
        g.user = guest()
        with pytest.raises(ConnectionRefused):
            mutate(elsewhere, {}, None, None, None)


def test_own_options_outlast_what_was_there(app):
    mutate = app.config["DB_CONNECTION_MUTATOR"]
    from sqlalchemy.engine import make_url

    stored = make_url("postgresql+psycopg2://clinic_reader@clinic-db/clinic")
    _, params = mutate(stored, {"connect_args": {"options": "-c app.tenant_id=harbour"}}, None, None, None)
    assert "harbour" not in params["connect_args"]["options"]


def test_reader_cannot_change_its_claims(app, guest):
    from superset.extensions import db
    from superset.models.core import Database

    with app.test_request_context():
        g.user = guest()
        with db.session.query(Database).one().get_sqla_engine() as engine, engine.connect() as connection:
            with pytest.raises(ProgrammingError, match="permission denied"):
                connection.execute("SELECT set_config('app.tenant_id', 'harbour', false)")
