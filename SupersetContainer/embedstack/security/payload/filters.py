"""Filters of a guest: all that are stored, and more on columns that the dashboard filters by."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from embedstack.security.payload.query import Query, frozen
from embedstack.security.payload.refusal import require

TEMPORAL_RANGE = "TEMPORAL_RANGE"
_OPERATORS = frozenset(("==", "!=", ">", ">=", "<", "<=", "IN", "NOT IN", "ILIKE", "IS NULL", "IS NOT NULL", TEMPORAL_RANGE))
_KEYS = frozenset(("col", "op", "val", "grain", "isExtra"))
_GRAIN = re.compile(r"[A-Z0-9][A-Z0-9.:/_-]{0,50}\Z")
# "previous calendar year", "2025-01-01 : now", "DATEADD(DATETIME('now'), -1, month) : ".
_TIME_RANGE = re.compile(r"[A-Za-z0-9 :,.()'\"+/_-]{0,300}\Z")
_SCALARS = (str, int, float, bool, type(None))
# What the page adds for a required filter that has no value yet.
_NOTHING = "(1 = 0)"


@dataclass(frozen=True)
class Freedom:
    """What filters of the page may do to a stored query."""

    columns: Collection[str]
    time: bool


def check_filters(requested: Query, stored: Query, freedom: Freedom) -> None:
    """Every stored filter is there, and what is more is within the freedom."""
    left = list(requested["filters"])
    for entry in stored["filters"]:
        if _says_nothing(entry) and not any(_bare(one) == _bare(entry) for one in left):
            continue
        match = next((one for one in left if _is_stored(one, entry, freedom)), None)
        require(match is not None, "a stored filter is missing")
        left.remove(match)
    for entry in left:
        check_filter(entry, freedom)
    check_time_range(requested, stored, freedom)


def check_filter(entry: dict[str, Any], freedom: Freedom) -> None:
    """One filter of the page's own."""
    require(not set(entry) - _KEYS, "a filter has a key of its own")
    require(isinstance(entry.get("col"), str), "a filter is on an expression")
    require(entry["col"] in freedom.columns, "a filter is on a column that the dashboard does not filter")
    require(isinstance(entry.get("op"), str) and entry["op"] in _OPERATORS, "a filter has an operator of its own")
    grain = entry.get("grain")
    require(grain is None or is_grain(grain), "a filter has a time grain of its own")
    if entry["op"] == TEMPORAL_RANGE:
        require(freedom.time, "there is no time filter")
        require(is_time_range(entry.get("val")), "a filter's time range is none")
    else:
        require(_is_value(entry.get("val")), "a filter's value is neither a scalar nor a list of scalars")


def check_time_range(requested: Query, stored: Query, freedom: Freedom) -> None:
    """The query's time range is the stored one, or the time filter's."""
    if requested["time_range"] != stored["time_range"]:
        require(freedom.time, "the time range is not the stored one")
        require(is_time_range(requested["time_range"]), "the time range is none")


def check_where(requested: Query, allowed: Collection[str]) -> None:
    """The free-form conditions are stored ones; the page may add that nothing matches."""
    where = requested["extras"].get("where", "")
    require(isinstance(where, str), "extras.where is not a text")
    while where not in allowed and where.endswith(f" AND {_NOTHING}"):
        where = where.removesuffix(f" AND {_NOTHING}")
    require(where in allowed or where == _NOTHING and "" in allowed, "extras.where is not the stored one")


def is_grain(value: object) -> bool:
    """Whether a value looks like a time grain; Superset refuses those that it does not know."""
    return isinstance(value, str) and bool(_GRAIN.match(value))


def is_time_range(value: object) -> bool:
    """Whether a value has the form of what the time filter sends."""
    return isinstance(value, str) and bool(_TIME_RANGE.match(value))


def _is_stored(entry: dict[str, Any], stored: dict[str, Any], freedom: Freedom) -> bool:
    if _bare(entry) == _bare(stored):
        return True
    return (
        freedom.time
        and stored.get("op") == TEMPORAL_RANGE
        and is_time_range(entry.get("val"))
        and _bare({**entry, "val": None}) == _bare({**stored, "val": None})
    )


def _says_nothing(entry: dict[str, Any]) -> bool:
    return entry.get("op") == TEMPORAL_RANGE and entry.get("val") == "No filter"


def _bare(entry: dict[str, Any]) -> str:
    return frozen({name: value for name, value in entry.items() if name != "isExtra"})


def _is_value(value: object) -> bool:
    items = value if isinstance(value, list) else [value]
    return all(isinstance(item, _SCALARS) for item in items)
