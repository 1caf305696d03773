import os

import pytest

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


def test_only_two_values_count(path):
    replace(path, f"{NEW}\n{OLD}\n{'x' * 40}\n")
    assert SecretFile("KEY_FILE", path).values == (NEW, OLD)


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
