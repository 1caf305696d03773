"""Cached answers follow the data version."""

import time
from contextlib import contextmanager
from dataclasses import replace

import pytest

from embedstack.data_version import DataVersion

MEMO_SECONDS = 1.05
ERASE = "DELETE FROM clinic.appointments WHERE appointment_id = 90001"
ADD = """INSERT INTO clinic.appointments
         SELECT 90001, tenant_id, clinic_name, staff_id, staff_name, patient_id, service_name, service_category,
                starts_at, duration_minutes, status, fee
         FROM clinic.appointments WHERE tenant_id = 'northside' LIMIT 1"""


def raise_version(stack, name):
    stack.query(
        "embedstack",
        "INSERT INTO shared.data_version (name) VALUES (%s) ON CONFLICT (name) DO UPDATE SET version = data_version.version + 1",
        (name,),
    )
    time.sleep(MEMO_SECONDS)


@contextmanager
def one_more_row(stack):
    stack.query("clinic", ADD)
    try:
        yield
    finally:
        stack.query("clinic", ERASE)


@pytest.mark.parametrize("name", ["clinic", "superset"])
def test_raised_version_makes_a_cached_answer_new(guests, stack, name):
    raise_version(stack, name)
    token = guests.token("northside/admin")
    before = guests.count(token)
    with one_more_row(stack):
        assert guests.count(token) == before, "the answer was not cached"
        raise_version(stack, name)
        assert guests.count(token) == before + 1
    raise_version(stack, name)
    assert guests.count(token) == before


def test_version_of_something_else_changes_nothing(guests, stack):
    token = guests.token("northside/admin")
    before = guests.count(token)
    with one_more_row(stack):
        raise_version(stack, "weather")
        assert guests.count(token) == before
    raise_version(stack, "clinic")


def test_version_that_cannot_be_read_is_new_each_time(bootstrapped):
    away = DataVersion(replace(bootstrapped.settings.shared_database, port=1))
    first = away.text
    time.sleep(MEMO_SECONDS)
    assert away.text != first
