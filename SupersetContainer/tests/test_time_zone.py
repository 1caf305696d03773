"""The day by which Superset resolves times."""

import os
import time
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from embedstack.configuration.errors import ConfigurationError
from embedstack.configuration.time_zone import check_time_zone


# 26 hours apart: at no time is it the same day in both.
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12", "Australia/Sydney"])
def test_today_is_the_zones(monkeypatch, zone):
    from superset.utils.date_parser import get_since_until

    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        before = datetime.now(ZoneInfo(zone)).date()
        since, until = get_since_until("DATETRUNC(DATETIME('today'), day) : DATEADD(DATETIME('today'), 1, day)")
        after = datetime.now(ZoneInfo(zone)).date()
        assert since is not None and until is not None
        assert before <= since.date() <= after
        assert (until - since).days == 1
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize("zone", ["UTC", "Australia/Sydney"])
def test_zone_that_the_machine_knows_is_taken(zone):
    check_time_zone(zone)


@pytest.mark.parametrize("zone", ["Sydney", "Australia", "../../etc/passwd"])
def test_zone_that_it_does_not_know_stops_the_start(zone):
    with pytest.raises(ConfigurationError):
        check_time_zone(zone)


def test_processes_zone_is_back():
    assert os.environ.get("TZ") != "Pacific/Kiritimati"
