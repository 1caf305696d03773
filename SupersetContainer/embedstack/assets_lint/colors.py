"""Colour metadata: what is missing would make every viewer's page try to write it."""

import re
from collections import Counter
from collections.abc import Iterator

from embedstack.assets_lint.assets import Assets, Document, columns
from embedstack.assets_lint.refusal import Refusal

_CHOSEN = ("color_scheme", "color_scheme_domain")
_WITHOUT_LABELS = ("big_number", "table", "ag-grid-table", "pivot_table")
_LITERAL = re.compile(r"(?:THEN|ELSE) '([^']*)'")
_SERIES = ("echarts_", "mixed_timeseries", "pie")


def check_colors(assets: Assets) -> Iterator[Refusal]:
    """A scheme, its colours, one colour for each label that is known beforehand, and which labels are shared."""
    for file, dashboard in assets.dashboards.items():
        metadata = dashboard["metadata"]
        for name in _CHOSEN:
            if not metadata.get(name):
                yield Refusal(file, "colors", f"{name} is empty", "choose a colour scheme in the dashboard and save it")
        colors = metadata.get("map_label_colors")
        if colors is None or not colors and _has_labels(dashboard, assets):
            yield Refusal(file, "colors", "map_label_colors is empty", "choose a colour scheme in the dashboard and save it")
        counts = Counter(label for chart in assets.charts_on(dashboard) for label in set(known_labels(chart, assets)))
        for label in sorted(counts.keys() - (colors or {}).keys()):
            yield Refusal(file, "colors", f"'{label}' has no colour", "add it to label_colors and map_label_colors")
        shared = {label for label, count in counts.items() if count > 1}
        for label in sorted(shared - set(metadata.get("shared_label_colors") or [])):
            yield Refusal(file, "colors", f"charts share '{label}', which shared_label_colors lacks", "add it there")


def _has_labels(dashboard: Document, assets: Assets) -> bool:
    return any(not chart["viz_type"].startswith(_WITHOUT_LABELS) for chart in assets.charts_on(dashboard))


def check_series(assets: Assets) -> Iterator[Refusal]:
    """Series that are values of the data: only of columns whose values are named."""
    for file, chart in assets.charts.items():
        groups = chart["params"].get("groupby") or []
        if chart["viz_type"].startswith(_SERIES) and len(groups) == 1 and not known_labels(chart, assets):
            yield Refusal(
                file, "colors", f"its series are values of '{groups[0]}', which have no colours",
                "name them in series_values.yaml, or group by a CASE",
            )  # fmt: skip


def known_labels(chart: Document, assets: Assets) -> list[str]:
    """Labels of the chart's series that are known beforehand: metrics, what a CASE can answer, or named values."""
    params = chart["params"]
    if not chart["viz_type"].startswith(_SERIES):
        return []
    groups = params.get("groupby") or []
    if not groups:
        return [name for name in params.get("metrics") or [] if isinstance(name, str)]
    declared = columns(assets.dataset_of(chart))
    if len(groups) > 1 or not isinstance(groups[0], str) or groups[0] not in declared:
        return []
    expression = declared[groups[0]]["expression"]
    return _LITERAL.findall(expression) if expression else list(assets.series_values.get(groups[0], []))
