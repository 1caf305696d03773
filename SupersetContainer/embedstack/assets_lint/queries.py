"""Rules on what charts ask: named metrics, declared columns, no SQL, no moving time, as recorded."""

import re
from collections.abc import Iterator
from typing import Any

from embedstack.assets_lint.assets import Assets, Document, columns, metrics, query_context
from embedstack.assets_lint.charts import RECORD
from embedstack.assets_lint.questions import (
    columns_of_params,
    columns_of_query,
    filters_of_params,
    metrics_of_params,
    metrics_of_query,
    order_of_query,
    time_ranges,
)
from embedstack.assets_lint.refusal import Refusal

_FIXED_TIME = re.compile(r"No filter|\d{4}-\d\d-\d\d(T[\d:]+)? : \d{4}-\d\d-\d\d(T[\d:]+)?\Z")


def check_queries(assets: Assets) -> Iterator[Refusal]:
    """Parameters and recorded queries alike."""
    for file, chart in assets.charts.items():
        dataset = assets.dataset_of(chart)
        queries = query_context(chart).get("queries", [])
        yield from _check_metrics(file, chart["params"], queries, dataset)
        yield from _check_columns(file, chart["params"], queries, dataset)
        yield from _check_sql(file, chart["params"], queries)
        for text in sorted({*time_ranges(chart["params"]), *time_ranges(queries)}):
            if not _FIXED_TIME.match(text):
                yield moving_time(file, text)


def moving_time(file: str, text: str) -> Refusal:
    """Refuses a range whose meaning changes from day to day."""
    return Refusal(
        file, "moving-time", f"'{text}' depends on the day",
        "filter by days_ahead, or leave the range to the viewer",
    )  # fmt: skip


def is_fixed(text: str) -> bool:
    """Whether a range means the same on any day."""
    return bool(_FIXED_TIME.match(text))


def _check_metrics(file: str, params: Document, queries: list[Document], dataset: Document) -> Iterator[Refusal]:
    asked = [*metrics_of_params(params), *(metric for query in queries for metric in metrics_of_query(query))]
    for metric in _unknown(asked, metrics(dataset)):
        yield Refusal(
            file, "named-metrics", f"{_shown(metric)} is no metric of its dataset",
            "define the metric in the dataset and use its name",
        )  # fmt: skip


def _check_columns(file: str, params: Document, queries: list[Document], dataset: Document) -> Iterator[Refusal]:
    asked = columns_of_params(params)
    asked += [item["subject"] for item in filters_of_params(params) if item.get("subject")]
    for query in queries:
        asked += columns_of_query(query) + [item["col"] for item in query.get("filters") or []]
        asked += [term for term in order_of_query(query) if term not in metrics_of_query(query)]
    for column in _unknown(asked, columns(dataset)):
        yield Refusal(
            file, "declared-columns", f"{_shown(column)} is no column of its dataset",
            f"declare it in the dataset, or {RECORD}",
        )  # fmt: skip


def _check_sql(file: str, params: Document, queries: list[Document]) -> Iterator[Refusal]:
    own = any(item.get("expressionType") == "SQL" for item in filters_of_params(params))
    extras = [query.get("extras") or {} for query in queries]
    if own or any(extra.get("where") or extra.get("having") for extra in extras):
        yield Refusal(file, "own-sql", "it filters by SQL", "make a calculated column in the dataset and filter by that")


def _unknown(asked: list[Any], known: Document) -> list[Any]:
    unknown = [item for item in asked if not isinstance(item, str) or item not in known]
    return [item for number, item in enumerate(unknown) if item not in unknown[:number]]


def _shown(item: Any) -> str:
    return f"'{item}'" if isinstance(item, str) else f"the expression {item.get('label') or item}"
