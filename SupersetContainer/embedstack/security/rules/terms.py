"""Row terms: SQL conditions with typed placeholders, the only SQL that decides which rows a person sees."""

import re
from collections.abc import Mapping

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from embedstack.configuration.errors import ConfigurationError
from embedstack.security.identity import SAFE_VALUE

# What an issuer's token may say of a person beyond the data identity.
ATTRIBUTES = ("department", "region", "cost_center")
PLACEHOLDERS = ("tenant", "staff", *ATTRIBUTES)

_PLACEHOLDER = re.compile(r"\{(" + "|".join(PLACEHOLDERS) + r")\}")
# Statement ends, comments, escapes, quoting, templates, and what SQLAlchemy's text() takes for parameters.
_FORBIDDEN = re.compile(r"[{}%:;\\$\"]|--|/\*")


def check_term(name: str, text: object) -> str:
    """The term's text, if it is one condition that nothing in it or beside it can change."""
    if not isinstance(text, str) or not text.strip() or not text.isprintable():
        raise ConfigurationError(f"catalog.yaml: row term '{name}' is not one line of SQL")
    bare = _PLACEHOLDER.sub("", text)
    if found := _FORBIDDEN.search(bare):
        raise ConfigurationError(
            f"catalog.yaml: row term '{name}' has '{found.group()}'; "
            f"placeholders are {', '.join('{' + known + '}' for known in PLACEHOLDERS)}"
        )
    for placeholder in _PLACEHOLDER.finditer(text):
        if text[: placeholder.start()].count("'") % 2:
            raise ConfigurationError(f"catalog.yaml: row term '{name}' quotes a placeholder itself")
    _check_condition(name, _PLACEHOLDER.sub("'x'", text))
    return text


def placeholders(text: str) -> frozenset[str]:
    """Names of the values that a term needs."""
    return frozenset(_PLACEHOLDER.findall(text))


def quote(value: str) -> str:
    """The value as a SQL literal; one outside the allow-list raises ValueError."""
    if not SAFE_VALUE.match(value):
        raise ValueError("a value has a character outside A-Z, a-z, 0-9, _ and -, or no or too many")
    return f"'{value}'"


def render(text: str, values: Mapping[str, str]) -> str:
    """The term with its placeholders replaced by quoted values; nothing else is ever put in."""
    return _PLACEHOLDER.sub(lambda found: quote(values[found.group(1)]), text)


def _check_condition(name: str, sql: str) -> None:
    try:
        condition = sqlglot.parse_one(sql, read="postgres", into=exp.Condition)
    except SqlglotError as error:
        raise ConfigurationError(f"catalog.yaml: row term '{name}' is no SQL condition") from error
    # Terms are joined by AND, which binds closer than OR.
    if not isinstance(condition, (exp.Predicate, exp.Paren, exp.And, exp.Not)):
        raise ConfigurationError(f"catalog.yaml: row term '{name}' is no condition, or an OR without parentheses")
