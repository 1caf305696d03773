"""The database wall's near side on code paths with and without a request."""

import pytest
from flask import g

from embedstack.database.mutator import ConnectionRefused
from embedstack.security.guest import EmbedGuest

SQL = "SELECT current_user, count(*), max(tenant_id), count(DISTINCT tenant_id) FROM appointment_facts"


@pytest.fixture
def guest(app, guests):
    from superset import security_manager

    def make(identity="northside/admin"):
        token = security_manager.parse_jwt_guest_token(guests.token(identity))
        return security_manager.get_guest_user_from_token(token)

    return make


def read(source=None):
    from superset.extensions import db
    from superset.models.core import Database

    database = db.session.query(Database).one()
    with database.get_sqla_engine(source=source) as engine, engine.connect() as connection:
        return tuple(connection.execute(SQL).one())


def test_without_anybody_the_reader_sees_nothing(app):
    assert read() == ("clinic_reader", 0, None, 0)


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
        assert read() == ("clinic_reader", 0, None, 0)


def test_stock_guest_without_verified_claims_has_none(app, guest):
    from superset.security.guest_token import GuestUser

    with app.test_request_context():
        g.user = GuestUser(guest().guest_token, [])
        assert not isinstance(g.user, EmbedGuest)
        assert read() == ("clinic_reader", 0, None, 0)


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
    from sqlalchemy.exc import ProgrammingError
    from superset.extensions import db
    from superset.models.core import Database

    with app.test_request_context():
        g.user = guest()
        with db.session.query(Database).one().get_sqla_engine() as engine, engine.connect() as connection:
            with pytest.raises(ProgrammingError, match="permission denied"):
                connection.execute("SELECT set_config('app.tenant_id', 'harbour', false)")
