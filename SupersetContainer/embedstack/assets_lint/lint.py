"""All rules."""

from embedstack.assets_lint.assets import Assets, placed
from embedstack.assets_lint.charts import check_charts
from embedstack.assets_lint.colors import check_colors, check_series
from embedstack.assets_lint.dashboards import check_dashboards, datasets_of
from embedstack.assets_lint.datasets import check_datasets
from embedstack.assets_lint.filters import check_filters
from embedstack.assets_lint.ids import check_ids
from embedstack.assets_lint.queries import check_queries
from embedstack.assets_lint.recording import check_recordings
from embedstack.assets_lint.refusal import Refusal
from embedstack.assets_lint.secrets import check_secrets
from embedstack.configuration.errors import ConfigurationError

CHECKS = (
    check_datasets,
    check_charts,
    check_queries,
    check_recordings,
    check_dashboards,
    check_filters,
    check_colors,
    check_series,
    check_ids,
    check_secrets,
)


def lint(assets: Assets) -> list[Refusal]:
    """Every refusal, by file."""
    refusals = [refusal for check in CHECKS for refusal in check(assets)]
    return sorted(refusals, key=lambda refusal: (refusal.file, refusal.rule))


def files_of(key: str, assets: Assets) -> set[str]:
    """Files of one of the catalogue's dashboards, its charts and its datasets, and the catalogue's own."""
    uuids = {entry.uuid for entry in assets.catalog.dashboards if entry.key == key}
    if not uuids:
        known = ", ".join(entry.key for entry in assets.catalog.dashboards)
        raise ConfigurationError(f"the catalogue has no dashboard '{key}', only: {known}")
    for dashboard in (d for d in assets.dashboards.values() if d["uuid"] in uuids):
        uuids = uuids | datasets_of(dashboard, assets) | set(placed(dashboard))
    kinds = (assets.datasets, assets.charts, assets.dashboards)
    return {"catalog.yaml"} | {file for kind in kinds for file, document in kind.items() if document["uuid"] in uuids}
