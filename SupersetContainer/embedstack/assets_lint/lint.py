"""All rules."""

from embedstack.assets_lint.assets import Assets
from embedstack.assets_lint.charts import check_charts
from embedstack.assets_lint.colors import check_colors, check_series
from embedstack.assets_lint.dashboards import check_dashboards
from embedstack.assets_lint.datasets import check_datasets
from embedstack.assets_lint.filters import check_filters
from embedstack.assets_lint.ids import check_ids
from embedstack.assets_lint.queries import check_queries
from embedstack.assets_lint.recording import check_recordings
from embedstack.assets_lint.refusal import Refusal

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
)


def lint(assets: Assets) -> list[Refusal]:
    """Every refusal, by file."""
    refusals = [refusal for check in CHECKS for refusal in check(assets)]
    return sorted(refusals, key=lambda refusal: (refusal.file, refusal.rule))
