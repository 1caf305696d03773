"""What counts as a secret: long enough, not a published default, used for one purpose only."""

from collections.abc import Mapping, Sequence

from embedstack.configuration.errors import ConfigurationError

MINIMUM_LENGTH = 32

# Values that Superset's source, images and guides publish.
_PUBLISHED = frozenset(
    {
        "CHANGE_ME_TO_A_COMPLEX_RANDOM_SECRET",
        "TEST_NON_DEV_SECRET",
        "YOUR_OWN_RANDOM_GENERATED_SECRET_KEY",
        "thisISaSECRET_1234",
        "test-guest-secret-change-me",
        "test-secret-change-me",
        "\2\1thisismyscretkey\1\2\\e\\y\\y\\h",
    }
)


def check_secret(name: str, value: str) -> None:
    """Raises ConfigurationError for a value that is published or shorter than 32 characters."""
    if value in _PUBLISHED:
        raise ConfigurationError(f"{name} is a published default value; generate one of your own")
    if len(value) < MINIMUM_LENGTH:
        raise ConfigurationError(f"{name} has {len(value)} characters; generate one of at least {MINIMUM_LENGTH}")


def check_distinct(secrets: Mapping[str, Sequence[str]]) -> None:
    """Raises ConfigurationError when two names share a value, current or previous."""
    owner: dict[str, str] = {}
    for name, values in secrets.items():
        for value in values:
            first = owner.setdefault(value, name)
            if first != name:
                raise ConfigurationError(f"{name} equals {first}; generate a separate value for each")
