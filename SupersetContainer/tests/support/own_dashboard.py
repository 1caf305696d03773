"""A dashboard of the tests' own in the bootstrapped Superset: what the product shows may change."""

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from embedstack.bootstrap.context import Context
from support.page import BY_MONTH, BY_SERVICE, TOTAL, query

CLINICIANS = query(
    columns=["staff_name"],
    metrics=["appointments", "no_show_rate"],
    orderby=[["appointments", False]],
    row_limit=1000,
    series_limit_metric="appointments",
    post_processing=[],
)
_CHARTS = {
    "total": ("big_number_total", TOTAL, {}),
    "clinicians": ("table", CLINICIANS, {"server_pagination": False}),
    "by_month": ("echarts_timeseries_bar", BY_MONTH, {"x_axis": "starts_at"}),
    "by_service": ("echarts_timeseries_bar", BY_SERVICE, {"x_axis": "service_name"}),
}


class OwnDashboard:
    """Numbers of the dashboard, its dataset and its charts, and its stored queries as a page sends them."""

    def __init__(self, dataset: int) -> None:
        self.dataset = dataset
        self.embedded_uuid = str(uuid.uuid4())
        self.number = 0
        self.charts: dict[str, int] = {}

    def chart(self, name: str) -> dict[str, Any]:
        """The request for a chart."""
        return self.request(name, {"slice_id": self.charts[name], "chart_id": self.charts[name]})

    def drilled(self, name: str, column: str) -> dict[str, Any]:
        """The request for a chart by another dimension."""
        asked = self.request(name, {"slice_id": 0, "chart_id": self.charts[name], "groupby": [column]})
        asked["queries"][0]["columns"] = [column]
        return asked

    def filter_values(self) -> dict[str, Any]:
        """The request for the values of the service filter."""
        asked = self.request("total", {"type": "NATIVE_FILTER", "native_filter_id": "F-service"})
        asked["queries"] = [
            {
                "filters": [],
                "columns": ["service_name"],
                "metrics": [],
                "orderby": [["service_name", True]],
                "row_limit": 1000,
            }
        ]
        return asked

    def request(self, name: str, form_data: dict[str, Any]) -> dict[str, Any]:
        """A chart's stored query under other form data."""
        kind, one, stored = _CHARTS[name]
        return {
            "datasource": {"id": self.dataset, "type": "table"},
            "queries": [json.loads(json.dumps(one))],
            "form_data": {"viz_type": kind, **stored, **form_data, "dashboardId": self.number},
            "result_type": "full",
            "result_format": "json",
            "force": True,
        }


@contextmanager
def own_dashboard(context: Context, dataset: int) -> Iterator[OwnDashboard]:
    """Stores the dashboard and takes it away again."""
    from superset.extensions import db
    from superset.models.dashboard import Dashboard
    from superset.models.embedded_dashboard import EmbeddedDashboard
    from superset.models.slice import Slice

    own = OwnDashboard(dataset)
    with context.app.app_context():
        charts = {
            name: Slice(
                slice_name=name,
                datasource_id=dataset,
                datasource_type="table",
                viz_type=kind,
                params=json.dumps({"viz_type": kind, **form_data}),
                query_context=json.dumps(
                    {
                        "datasource": {"id": dataset, "type": "table"},
                        "queries": [one],
                        "form_data": {"viz_type": kind, **form_data},
                    }
                ),
            )
            for name, (kind, one, form_data) in _CHARTS.items()
        }
        service = {
            "id": "F-service",
            "filterType": "filter_select",
            "targets": [{"datasetId": dataset, "column": {"name": "service_name"}}],
        }
        period = {"id": "F-period", "filterType": "filter_time", "targets": [{}]}
        metadata = {"native_filter_configuration": [period, service]}
        dashboard = Dashboard(
            dashboard_title="Own",
            slices=list(charts.values()),
            published=True,
            json_metadata=json.dumps(metadata),
        )
        db.session.add(dashboard)
        db.session.flush()
        db.session.add(EmbeddedDashboard(uuid=uuid.UUID(own.embedded_uuid), dashboard_id=dashboard.id, allow_domain_list=""))
        db.session.commit()
        own.number = dashboard.id
        own.charts = {name: chart.id for name, chart in charts.items()}
    try:
        yield own
    finally:
        with context.app.app_context():
            db.session.query(EmbeddedDashboard).filter_by(dashboard_id=own.number).delete()
            dashboard = db.session.get(Dashboard, own.number)
            dashboard.slices = []
            db.session.delete(dashboard)
            for number in own.charts.values():
                db.session.delete(db.session.get(Slice, number))
            db.session.commit()
