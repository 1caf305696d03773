"""Rules on dashboards: their charts, their tabs, their place in the catalogue."""

from collections import Counter
from collections.abc import Iterator

from embedstack.assets_lint.assets import Assets, Document, layout, placed
from embedstack.assets_lint.refusal import Refusal

# Opened at once: more would keep the first screen waiting.
MOST_CHARTS = 12


def check_dashboards(assets: Assets) -> Iterator[Refusal]:
    """Charts that exist, few enough to a tab, over the datasets that the catalogue says."""
    for file, dashboard in assets.dashboards.items():
        for uuid in placed(dashboard):
            if uuid not in assets.charts_by_uuid:
                yield Refusal(file, "missing-chart", f"no file has chart {uuid}", "pull the dashboard, or take the chart off")
        for tab, count in _charts_by_tab(dashboard).items():
            if count > MOST_CHARTS:
                yield Refusal(
                    file, "tab-size", f"'{tab}' has {count} charts, {MOST_CHARTS} are the most",
                    "take some off, or move some to another tab",
                )  # fmt: skip
        yield from _check_catalog(file, dashboard, assets)
    known = {dashboard["uuid"] for dashboard in assets.dashboards.values()}
    for entry in assets.catalog.dashboards:
        if entry.uuid not in known:
            yield Refusal(
                "catalog.yaml", "dashboard-catalog", f"dashboard '{entry.key}' has no file",
                "./embedstack dashboard pull KEY, or take the entry away",
            )  # fmt: skip


def datasets_of(dashboard: Document, assets: Assets) -> set[str]:
    """UUIDs of the datasets that the dashboard's charts and filters ask."""
    filters = dashboard["metadata"].get("native_filter_configuration") or []
    targets = [target.get("datasetUuid") for item in filters for target in item.get("targets") or []]
    return {chart["dataset_uuid"] for chart in assets.charts_on(dashboard)} | {t for t in targets if t}


def _check_catalog(file: str, dashboard: Document, assets: Assets) -> Iterator[Refusal]:
    entry = assets.entry_of(dashboard)
    if entry is None:
        yield Refusal(
            file, "dashboard-catalog", f"{dashboard['uuid']} is not in the catalogue",
            "add it to catalog.yaml, or delete the file",
        )  # fmt: skip
        return
    asked = {assets.dataset_keys.get(uuid, uuid) for uuid in datasets_of(dashboard, assets)}
    if asked != set(entry.datasets):
        yield Refusal(
            file, "dashboard-catalog", f"it asks {sorted(asked)}, catalog.yaml says {sorted(entry.datasets)}",
            "correct the one that is wrong",
        )  # fmt: skip
    if dashboard["dashboard_title"] != entry.title:
        yield Refusal(file, "dashboard-catalog", f"its title is not the catalogue's '{entry.title}'", "use one title")


def _charts_by_tab(dashboard: Document) -> Counter[str]:
    names = {item["id"]: item["meta"]["text"] for item in layout(dashboard) if item["type"] == "TAB"}
    counts: Counter[str] = Counter()
    for item in layout(dashboard):
        if item["type"] == "CHART":
            tabs = [names[parent] for parent in item["parents"] if parent in names]
            counts[tabs[-1] if tabs else dashboard["dashboard_title"]] += 1
    return counts
