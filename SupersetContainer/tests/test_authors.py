"""What a signed-in author reads: one tenant, by the authors' role."""

import logging

import pytest
from flask import g
from sqlalchemy.engine import make_url
from test_mutator import check_that_nobody_reads, read

from embedstack.configuration.authors import AuthorAccess
from embedstack.database.mutator import ConnectionMutator, ConnectionRefused
from embedstack.security.author import current_author
from embedstack.security.roles import AUTHOR_ROLE
from embedstack.shared.state import SharedState

STORED = make_url("postgresql+psycopg2://clinic_reader@clinic-db/clinic")


@pytest.fixture
def author(app):
    """A person with the authors' role, gone again afterwards."""
    from superset import security_manager
    from superset.extensions import db

    role = security_manager.add_role(AUTHOR_ROLE)
    user = security_manager.add_user("author@embedstack.example", "Ann", "Author", "a@embedstack.example", role)
    yield user
    db.session.delete(user)
    db.session.commit()


def mutator(settings, tenant):
    access = AuthorAccess(settings.authors.database, tenant)
    return ConnectionMutator(settings.clinic_database, access, SharedState(settings.shared_database))


def test_author_reads_one_tenant_and_is_named_in_the_log(app, author, guests, caplog):
    caplog.set_level(logging.INFO, logger="embedstack.database.mutator")
    with app.test_request_context():
        g.user = author
        assert read() == ("clinic_author", guests.rows_of("northside"), "northside", 1)
    assert "Author 'author@embedstack.example' reads as 'northside'" in caplog.text


def test_author_reads_while_an_answer_streams(app, author, guests):
    g._login_user = author
    try:
        assert read() == ("clinic_author", guests.rows_of("northside"), "northside", 1)
    finally:
        del g._login_user


def test_person_without_the_role_or_deactivated_is_no_author(app, author, bootstrapped):
    with app.test_request_context():
        g.user = author
        assert current_author()
        author.active = False
        assert current_author() is None
        check_that_nobody_reads()
        author.active, author.roles = True, []
        assert current_author() is None
        check_that_nobody_reads()


@pytest.mark.parametrize(
    ("tenant", "role", "database", "schema"),
    [
        ("northside", "admin", "clinic", "clinic"),
        ("manly", "admin", "clinic", "clinic_manly"),
        ("hurstville", "admin", "clinic_hurstville", "clinic"),
        ("sydney-network", "network", "clinic", "network"),
    ],
)
def test_tenants_store_and_kind_decide(app, author, bootstrapped, tenant, role, database, schema):
    with app.test_request_context():
        g.user = author
        url, params = mutator(bootstrapped.settings, tenant)(STORED, {}, None, None, None)
    assert (url.username, url.database) == ("clinic_author", database)
    settings = params["connect_args"]["options"].split(" -c ")
    assert f"app.role={role}" in settings
    assert f"search_path={schema}" in settings


def test_author_without_a_tenant_is_refused(app, author, bootstrapped):
    with app.test_request_context():
        g.user = author
        with pytest.raises(ConnectionRefused, match="nowhere"):
            mutator(bootstrapped.settings, "nowhere")(STORED, {}, None, None, None)


def test_without_a_role_for_authors_they_read_nothing(app, author, bootstrapped):
    settings = bootstrapped.settings
    closed = ConnectionMutator(settings.clinic_database, None, SharedState(settings.shared_database))
    with app.test_request_context():
        g.user = author
        url, params = closed(STORED, {}, None, None, None)
    assert url.username == "clinic_reader"
    assert "app.tenant_id= " in params["connect_args"]["options"]
