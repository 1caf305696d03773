"""The state that the Api and Superset share, read from the real database."""

import time
from dataclasses import replace

import psycopg2
import pytest
from support.clock import Clock

from embedstack.security.store import Store
from embedstack.shared.state import GRACE_SECONDS, MEMO_SECONDS, SharedState, SharedStateUnavailable


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def state(bootstrapped, clock):
    return SharedState(bootstrapped.settings.shared_database, clock)


def test_tenant_has_kind_store_and_roles(state):
    clinic, network = state.get().tenant("manly"), state.get().tenant("sydney-network")
    assert clinic.store == Store("schema", "clinic", "clinic_manly")
    assert clinic.roles == {"admin", "clinician", "staff"}
    assert network.roles == {"network"}
    assert state.get().tenant("nobody") is None


def test_disabled_tenant_is_gone_within_a_second(state, stack, clock):
    assert state.get().tenant("harbour")
    stack.query("embedstack", "UPDATE shared.tenants SET enabled = false WHERE key = 'harbour'")
    try:
        clock.now += MEMO_SECONDS
        assert state.get().tenant("harbour") is None
    finally:
        stack.query("embedstack", "UPDATE shared.tenants SET enabled = true WHERE key = 'harbour'")


def test_database_that_was_never_there_knows_nobody(bootstrapped):
    state = SharedState(replace(bootstrapped.settings.shared_database, port=1))
    with pytest.raises(SharedStateUnavailable):
        state.get()


def test_last_state_holds_for_ten_seconds_without_the_database(state, stack, clock):
    assert state.get().tenant("northside")
    stack.query("embedstack", "ALTER ROLE superset_shared NOLOGIN")
    try:
        clock.now += GRACE_SECONDS - 0.1
        assert state.get().tenant("northside")
        clock.now += 0.1
        with pytest.raises(SharedStateUnavailable):
            state.get()
    finally:
        stack.query("embedstack", "ALTER ROLE superset_shared LOGIN")
    clock.now += MEMO_SECONDS
    assert state.get().tenant("northside")


def test_database_that_hangs_is_given_up(bootstrapped, stack):
    """Another session holds the table: the wait is bounded."""
    blocker = psycopg2.connect(host="127.0.0.1", port=stack.postgres_port, user="postgres", dbname="embedstack")
    try:
        blocker.cursor().execute("LOCK TABLE shared.tenants IN ACCESS EXCLUSIVE MODE")
        started = time.monotonic()
        with pytest.raises(SharedStateUnavailable):
            SharedState(bootstrapped.settings.shared_database).get()
        assert time.monotonic() - started < 10
    finally:
        blocker.close()
