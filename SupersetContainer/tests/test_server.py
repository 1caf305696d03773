"""The web server is as large as the container that it runs in."""

import os

import pytest
from embedstack.configuration.errors import ConfigurationError
from embedstack.configuration.processors import available_processors
from embedstack.configuration.server import WebServer

MACHINE = len(os.sched_getaffinity(0))


@pytest.mark.parametrize(
    ("files", "processors"),
    [
        ({"cpu.max": "50000 100000"}, 1),
        ({"cpu.max": f"{(MACHINE - 1) * 100000 + 1} 100000"}, MACHINE),
        ({"cpu.max": f"{MACHINE * 200000} 100000"}, MACHINE),
        ({"cpu.max": "max 100000"}, MACHINE),
        ({"cpu/cpu.cfs_quota_us": "100000", "cpu/cpu.cfs_period_us": "100000"}, 1),
        ({"cpu/cpu.cfs_quota_us": "-1", "cpu/cpu.cfs_period_us": "100000"}, MACHINE),
        ({"cpu.max": "nonsense"}, MACHINE),
        ({}, MACHINE),
    ],
)
def test_processors_are_those_of_the_limit_and_of_the_machine(tmp_path, files, processors):
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text + "\n")
    assert available_processors(tmp_path) == processors


@pytest.mark.parametrize(("processors", "workers"), [(1, 1), (3, 3), (64, 8)])
def test_there_is_a_worker_for_each_processor_and_never_very_many(processors, workers):
    assert WebServer.read({"SUPERSET_PORT": "8088"}, lambda: processors).workers == workers


def test_the_environment_has_the_last_word():
    server = WebServer.read(
        {
            "SUPERSET_BIND": "0.0.0.0:8088",
            "SUPERSET_WORKERS": "5",
            "SUPERSET_THREADS": "3",
            "SUPERSET_TIMEOUT": "30",
            "SUPERSET_GRACEFUL_TIMEOUT": "25",
        },
        lambda: 2,
    )
    assert server == WebServer("0.0.0.0:8088", workers=5, threads=3, timeout=30, graceful_timeout=25)


@pytest.mark.parametrize("value", ["0", "-1", "many"])
def test_a_number_that_is_none_ends_the_start(value):
    with pytest.raises(ConfigurationError, match="SUPERSET_TIMEOUT"):
        WebServer.read({"SUPERSET_PORT": "8088", "SUPERSET_TIMEOUT": value}, lambda: 2)
