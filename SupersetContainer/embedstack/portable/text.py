"""One formatting for assets, so that a review shows what changed and nothing else."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

_WIDTH = 120


class _Dumper(yaml.SafeDumper):
    """Texts of several lines as blocks."""


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)


_Dumper.add_representer(str, _text)


def chart_text(config: Mapping[str, Any]) -> str:
    """A chart's file."""
    query = config.get("query_context")
    return _dump(
        {
            **config,
            "params": _sorted(config["params"]),
            "query_context": json.dumps(json.loads(query), indent=2, sort_keys=True) if query else None,
        }
    )


def dashboard_text(config: Mapping[str, Any]) -> str:
    """A dashboard's file; the layout goes from the root down."""
    position = config["position"]
    return _dump(
        {
            **config,
            "position": {name: _sorted(position[name]) for name in _from_the_root(position)},
            "metadata": _sorted(config["metadata"]),
        }
    )


def dataset_text(config: Mapping[str, Any]) -> str:
    """A dataset's file."""
    return _dump(config)


def _dump(config: Mapping[str, Any]) -> str:
    return yaml.dump(dict(config), Dumper=_Dumper, sort_keys=False, width=_WIDTH, allow_unicode=True)


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value)}
    return [_sorted(item) for item in value] if isinstance(value, list) else value


def _from_the_root(position: Mapping[str, Any]) -> Iterator[str]:
    # What hangs nowhere shows nowhere.
    yield from (name for name in ("DASHBOARD_VERSION_KEY", "HEADER_ID") if name in position)
    waiting = ["ROOT_ID"]
    while waiting:
        name = waiting.pop()
        yield name
        waiting += reversed(position[name].get("children", []))
