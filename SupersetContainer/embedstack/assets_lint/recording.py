"""That a recorded query is still its chart's: nobody changed one of the two by hand."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from embedstack.assets_lint.assets import Assets, Document, query_context
from embedstack.assets_lint.charts import RECORD
from embedstack.assets_lint.questions import (
    columns_of_params,
    columns_of_query,
    filters_of_params,
    metrics_of_params,
    metrics_of_query,
)
from embedstack.assets_lint.refusal import Refusal

# Explore sends these with the parameters; they are not stored among them.
_SENT = frozenset({"force", "result_format", "result_type", "slice_id", "url_params", "dashboards"})

_EMPTY: tuple[Any, ...] = (None, "", [], {})


def check_recordings(assets: Assets) -> Iterator[Refusal]:
    """Parameters, recorded form data and recorded queries say the same."""
    for file, chart in assets.charts.items():
        context = query_context(chart)
        if not context:
            continue
        params, form_data = _stored(chart["params"]), _stored(context["form_data"])
        # A control that the page hides is left out of params and sent empty.
        changed = sorted(n for n in params.keys() | form_data.keys() if (params.get(n) or None) != (form_data.get(n) or None))
        if changed:
            yield Refusal(file, "same-params", f"params and query_context differ in {', '.join(changed)}", RECORD)
        if chart["viz_type"] != chart["params"].get("viz_type"):
            yield Refusal(file, "same-params", "viz_type differs from the one in params", RECORD)
        for what in _drift(chart["params"], context["queries"]):
            yield Refusal(file, "same-params", f"the recorded queries have other {what} than params", RECORD)


def _drift(params: Document, queries: list[Document]) -> Iterator[str]:
    if _texts(m for q in queries for m in metrics_of_query(q)) != _texts(metrics_of_params(params)):
        yield "metrics"
    if not _texts(c for q in queries for c in columns_of_query(q)) <= _texts(columns_of_params(params)):
        yield "columns"
    wanted = [_plain(item) for item in filters_of_params(params)]
    if any(item not in wanted for query in queries for item in query.get("filters") or []):
        yield "filters"
    if any(item not in (query.get("filters") or []) for query in queries[:1] for item in wanted):
        yield "filters"
    limits = {query["row_limit"] for query in queries if "row_limit" in query}
    if not limits <= {params.get("row_limit")}:
        yield "row limits"


def _texts(items: Iterable[Any]) -> set[str]:
    # Expressions of an author's own are no names, and cannot be hashed.
    return {json.dumps(item, sort_keys=True) for item in items}


def _plain(item: Document) -> dict[str, Any]:
    plain = {"col": item.get("subject"), "op": item.get("operator")}
    return plain | ({"val": item["comparator"]} if "comparator" in item else {})


def _stored(document: Document) -> Document:
    # Superset's import adds empty lists of its own.
    return {name: value for name, value in document.items() if name not in _SENT and value not in _EMPTY}
