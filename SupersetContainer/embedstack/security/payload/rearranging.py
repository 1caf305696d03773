"""Steps after a drill's query: they see its rows only, and make no more of them than a page draws."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from math import prod
from typing import TYPE_CHECKING, Any

from embedstack.security.payload.query import Query, same
from embedstack.security.payload.refusal import require

if TYPE_CHECKING:
    from pandas import DataFrame

# Of a pivot: as many as the rows of the largest chart, ten series each.
MOST_CELLS = 500_000

PIVOT = "pivot"
_OPTIONS: Mapping[str, frozenset[str]] = {
    "contribution": frozenset(("columns", "orientation", "rename_columns")),
    "flatten": frozenset(),
    PIVOT: frozenset(("aggregates", "columns", "drop_missing_columns", "index")),
    "rename": frozenset(("columns", "inplace", "level")),
    "sort": frozenset(("ascending", "by", "is_sort_index")),
}
_AGGREGATES = ({"operator": "mean"}, {"operator": "sum"})


def check_steps(query: Query, stored: Query) -> None:
    """Each step is a stored one, or one of the page's own over the drill's columns and metrics."""
    steps, known = query["post_processing"], stored["post_processing"]
    most = Counter(str(step.get("operation")) for step in known)
    for operation, count in Counter(str(step.get("operation")) for step in steps).items():
        require(count <= max(1, most[operation]), "post_processing repeats a step")
    for step in steps:
        if any(same(step, one) for one in known):
            continue
        require(isinstance(step.get("operation"), str), "post_processing has a step without operation")
        require(step["operation"] in _OPTIONS, "post_processing is not the source chart's")
        require(not set(step) - {"operation", "options"}, "post_processing has a key of its own")
        _check_step(step["operation"], step.get("options") or {}, query)


def check_cells(frame: "DataFrame", steps: Iterable[Mapping[str, Any]]) -> None:
    """Refuses a pivot of so many groups that its table would be larger than any page's."""
    for step in steps:
        if step.get("operation") != PIVOT:
            continue
        options = step.get("options") or {}
        names = [*_names(options.get("index")), *_names(options.get("columns"))]
        cells = prod(frame[name].nunique(dropna=False) for name in names if name in frame.columns)
        require(cells * len(options.get("aggregates") or ()) <= MOST_CELLS, "a pivot is too large")


def _check_step(operation: str, options: Mapping[str, Any], query: Query) -> None:
    columns, metrics = set(map(_label, query["columns"])), set(map(_label, query["metrics"] or []))
    require(isinstance(options, dict), "a step's options are none")
    require(not set(options) - _OPTIONS[operation], f"{operation} has an option of its own")
    if operation == PIVOT:
        _check_pivot(options, columns, metrics)
    elif operation == "contribution":
        _check_names(options.get("columns"), metrics)
        renamed = _names(options.get("rename_columns"))
        require(len(renamed) <= len(metrics), "contribution has more columns than metrics")
        require(options.get("orientation") in (None, "row", "column"), "contribution has an orientation of its own")
    elif operation == "rename":
        names = options.get("columns") or {}
        require(isinstance(names, dict), "rename has no columns")
        _check_names(list(names), metrics)
        require(all(name is None or name in metrics for name in names.values()), "rename has a name of its own")
        require(options.get("level") in (None, 0), "rename has a level of its own")
    elif operation == "sort":
        _check_names(options.get("by"), columns | metrics)


def _check_pivot(options: Mapping[str, Any], columns: Collection[str], metrics: Collection[str]) -> None:
    index, across = _names(options.get("index")), _names(options.get("columns"))
    _check_names([*index, *across], columns)
    require(len({*index, *across}) == len(index) + len(across), "pivot names a column twice")
    # Pandas would make rows and columns of all combinations, whether there are such rows or not.
    complete = options.get("drop_missing_columns", True) is True
    require(complete or len(index) <= 1 and len(across) <= 1, "pivot keeps what is missing")
    aggregates = options.get("aggregates")
    require(isinstance(aggregates, dict), "pivot has no aggregates")
    assert isinstance(aggregates, dict)
    _check_names(list(aggregates), metrics)
    require(all(one in _AGGREGATES for one in aggregates.values()), "pivot has an aggregate of its own")


def _check_names(value: object, known: Collection[str]) -> None:
    for name in _names(value):
        require(isinstance(name, str) and name in known, "a step names what the drill has not")


def _names(value: object) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _label(entry: Any) -> str:
    return str(entry.get("label")) if isinstance(entry, dict) else str(entry)
