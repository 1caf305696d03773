"""Decides what kind of request it is, and has it checked."""

from embedstack.security.payload.charts import check_chart
from embedstack.security.payload.drill import check_detail, check_drill_by
from embedstack.security.payload.native_filters import check_native_filter
from embedstack.security.payload.refusal import require
from embedstack.security.payload.request import NATIVE_FILTER, Request, check_common
from embedstack.security.payload.stored import Dataset, StoredDashboard


def check_request(request: Request, dashboard: StoredDashboard, dataset: Dataset, tier: frozenset[str]) -> None:
    """Raises PayloadRefused unless the dashboard's page could have sent the request."""
    check_common(request, tier)
    form_data = request.form_data
    if form_data.get("type") == NATIVE_FILTER:
        return check_native_filter(request, dashboard, dataset)
    slice_id, chart_id = form_data.get("slice_id"), form_data.get("chart_id")
    if slice_id is None and chart_id is None:
        require("drill" in tier, "the tier has no drill")
        return check_detail(request, dashboard, dataset)
    require(not request.drills_to_detail, "the result type is no chart's")
    if type(slice_id) is int and slice_id > 0:
        require(slice_id in dashboard.charts, "the chart is not on the dashboard")
        return check_chart(request, dashboard.charts[slice_id], dashboard, dataset)
    # Superset's own mark of a drill; the chart drilled from is the other number.
    require(request.is_drilled and type(chart_id) is int, "form_data names no chart")
    require("drill" in tier, "the tier has no drill")
    assert isinstance(chart_id, int)
    require(chart_id in dashboard.charts, "the chart is not on the dashboard")
    return check_drill_by(request, dashboard.charts[chart_id], dashboard, dataset)
