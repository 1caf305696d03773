"""Numbers in a dashboard's layout and metadata."""

import copy
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

Config = dict[str, Any]
Number = int | str


def chart_places(position: Mapping[str, Any]) -> Iterator[Config]:
    """What the layout says of each chart: `chartId`, `uuid`, size and title."""
    for part in position.values():
        if isinstance(part, dict) and part.get("type") == "CHART":
            yield part["meta"]


def with_numbers(config: Config, charts: Mapping[str, Number], dataset: Callable[[Config], Config]) -> Config:
    """A copy whose charts have the numbers that `charts` gives for their UUIDs.

    The layout's `chartId`, a number or the UUID, tells which chart metadata speak of; what speaks of
    none goes. `dataset` rewrites a filter's target.
    """
    result = copy.deepcopy(config)
    numbers = {}
    for place in chart_places(result["position"]):
        number = charts[place["uuid"]]
        numbers[str(place["uuid"])] = numbers[str(place["chartId"])] = number
        place["chartId"] = number
    _Metadata(numbers, dataset).rewrite(result.get("metadata") or {})
    return result


class _Metadata:
    def __init__(self, numbers: Mapping[str, Number], dataset: Callable[[Config], Config]) -> None:
        self._numbers = numbers
        self._dataset = dataset

    def rewrite(self, metadata: Config) -> None:
        for name in ("expanded_slices", "filter_scopes"):
            if name in metadata:
                metadata[name] = self._keyed(metadata[name])
        if "timed_refresh_immune_slices" in metadata:
            metadata["timed_refresh_immune_slices"] = self._list(metadata["timed_refresh_immune_slices"])
        if "default_filters" in metadata:
            metadata["default_filters"] = json.dumps(self._keyed(json.loads(metadata["default_filters"])))
        for columns in metadata.get("filter_scopes", {}).values():
            for scope in columns.values():
                scope["immune"] = self._list(scope["immune"])
        self._scoped(metadata.get("global_chart_configuration", {}))
        if "chart_configuration" in metadata:
            metadata["chart_configuration"] = self._charts(metadata["chart_configuration"])
        for name in ("native_filter_configuration", "chart_customization_config"):
            for entry in metadata.get(name, []):
                self._scoped(entry)
                entry["targets"] = [self._dataset(target) for target in entry.get("targets", [])]

    def _charts(self, entries: Mapping[str, Config]) -> Config:
        for key, entry in entries.items():
            entry["id"] = self._numbers.get(key)
            self._scoped(entry.get("crossFilters", {}))
        return self._keyed(entries)

    def _scoped(self, entry: Config) -> None:
        if isinstance(entry.get("scope"), dict) and "excluded" in entry["scope"]:
            entry["scope"]["excluded"] = self._list(entry["scope"]["excluded"])
        if "chartsInScope" in entry:
            entry["chartsInScope"] = self._list(entry["chartsInScope"])

    def _list(self, values: Iterable[Any]) -> list[Number]:
        known = {self._numbers[str(value)] for value in values if str(value) in self._numbers}
        return sorted(known, key=str)

    def _keyed(self, entries: Mapping[str, Any]) -> Config:
        return {str(self._numbers[key]): entry for key, entry in entries.items() if key in self._numbers}
