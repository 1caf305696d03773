import os

import pytest

from support.clock import Clock

from embedstack.configuration.errors import ConfigurationError
from embedstack.configuration.secret_file import SecretFile

OLD, NEW = "o" * 40, "n" * 40


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "key"
    file.write_text(OLD + "\n")
    return file


def replace(path, text):
    fresh = path.with_suffix(".new")
    fresh.write_text(text)
    os.replace(fresh, path)


def test_rotation_is_seen_without_a_restart(path):
    secret = SecretFile("KEY_FILE", path)
    assert secret.values == (OLD,)
    replace(path, f"{NEW}\n{OLD}\n")
    assert secret.current == NEW
    assert secret.values == (NEW, OLD)


def test_previous_value_counts_until_its_time_is_over(path):
    clock = Clock()
    replace(path, f"{NEW}\n{OLD}\nuntil {int(clock.now) + 60}\n")
    secret = SecretFile("KEY_FILE", path, clock)
    assert secret.values == (NEW, OLD)
    clock.now += 61
    assert secret.values == (NEW,)
    replace(path, f"{'x' * 40}\n{NEW}\n")
    assert secret.values == ("x" * 40, NEW)


@pytest.mark.parametrize(
    "third", ["x" * 40, "until", "until tomorrow", "until -1", "until 253402300000", f"until {'9' * 400}", "until ٣٣٣٣٣٣٣٣٣٣"]
)
def test_previous_value_of_no_known_time_is_over(path, third):
    replace(path, f"{NEW}\n{OLD}\n{third}\n")
    assert SecretFile("KEY_FILE", path).values == (NEW,)


def test_withdrawn_file_is_not_remembered(path):
    secret = SecretFile("KEY_FILE", path)
    assert secret.current == OLD
    path.unlink()
    with pytest.raises(ConfigurationError, match="KEY_FILE"):
        _ = secret.current


@pytest.mark.parametrize("text", ["", "\n\n", "short\n"])
def test_unusable_content_is_refused(path, text):
    secret = SecretFile("KEY_FILE", path)
    assert secret.current == OLD
    replace(path, text)
    with pytest.raises(ConfigurationError, match="KEY_FILE"):
        _ = secret.current
