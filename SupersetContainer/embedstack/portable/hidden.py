"""Controls that Explore's page hides at the moment: it saves a chart without them, or with their defaults, by turns."""

import json
from collections.abc import Mapping
from typing import Any

Config = dict[str, Any]

_EMPTY: tuple[Any, ...] = (None, "", [], {})


def with_hidden_controls(config: Config, before: Mapping[str, Any]) -> Config:
    """The exported chart with what its file has of controls that were not saved, and without empty ones that the file has not.

    What is visible is always saved, so that none of it is an edit.
    """
    if not config.get("query_context") or not before.get("query_context") or config["viz_type"] != before.get("viz_type"):
        return config
    if not isinstance(before["query_context"], str) or not isinstance(before.get("params") or {}, dict):
        raise ValueError("The chart's file has no text as query_context, or no mapping as params")
    query, query_before = json.loads(config["query_context"]), json.loads(before["query_context"])
    if not isinstance(query_before, dict) or not isinstance(query_before.get("form_data") or {}, dict):
        raise ValueError("The chart's file has a query_context that is none")
    query["form_data"] = _kept(query.get("form_data") or {}, query_before.get("form_data") or {})
    return {**config, "params": _kept(config["params"], before.get("params") or {}), "query_context": json.dumps(query)}


def _kept(now: Mapping[str, Any], before: Mapping[str, Any]) -> Config:
    told = {name: value for name, value in now.items() if name in before or value not in _EMPTY}
    return {**before, **told}
