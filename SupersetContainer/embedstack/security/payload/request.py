"""A guest's request, and what is the same for requests of every kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from embedstack.security.payload.query import Query
from embedstack.security.payload.refusal import require

NATIVE_FILTER = "NATIVE_FILTER"
FULL = "full"
RESULTS = "results"
POST_PROCESSED = "post_processed"
# The list of the database's time grains: no query, and the same for everybody.
TIME_GRAINS = "timegrains"
DETAIL_TYPES = frozenset(("samples", "drill_detail"))
_EXPORTS = frozenset(("csv", "xlsx"))


@dataclass(frozen=True)
class Request:
    """What Superset is about to run for a guest, in plain data."""

    dataset: int
    form_data: Mapping[str, Any]
    queries: tuple[Query, ...]
    result_type: str
    result_format: str
    custom_cache_timeout: int | None = None
    # Of each query; Superset lets a query overrule the request.
    result_types: tuple[str, ...] = ()

    @property
    def drills_to_detail(self) -> bool:
        """Whether rows are asked for instead of a chart."""
        return bool({self.result_type, *self.result_types} & DETAIL_TYPES)

    @property
    def subject(self) -> str:
        """What is asked on which dashboard, whatever the page's filters; of a request that has passed the wall."""
        form_data = self.form_data
        if form_data.get("type") == NATIVE_FILTER:
            what = f"filter {form_data.get('native_filter_id')}"
        elif self.is_drilled:
            what = f"drill of chart {form_data.get('chart_id')}"
        elif form_data.get("slice_id") is not None:
            what = f"chart {form_data['slice_id']}"
        else:
            what = f"{'rows' if self.drills_to_detail else 'number of rows'} of dataset {self.dataset}"
        return f"dashboard {form_data.get('dashboardId')}: {what}"

    @property
    def is_drilled(self) -> bool:
        """Whether it has Superset's own mark of a drill by another column."""
        return type(self.form_data.get("slice_id")) is int and self.form_data["slice_id"] == 0


def check_common(request: Request, tier: frozenset[str]) -> None:
    """Nothing but queries, of one result type, in a format that the tier has."""
    require(request.queries, "there is no query")
    require(request.custom_cache_timeout is None, "custom_cache_timeout is set")
    require(
        request.result_format == "json" or request.result_format in _EXPORTS and "export" in tier,
        "the tier has no export in this format",
    )
    own_types = set(request.result_types) - {request.result_type, TIME_GRAINS}
    require(not own_types, "a query has a result type of its own")
    require("parent_slice_id" not in request.form_data, "form_data names a parent chart")
