"""Reads a dashboard's charts as a guest, through the real endpoints."""

import json
from typing import Any

from embedstack.bootstrap.context import Context
from embedstack.bootstrap.failure import BootstrapFailure
from embedstack.bootstrap.handshake import Rules, mint
from embedstack.security.identity import DataIdentity
from embedstack.security.store import Store


class GuestReader:
    """One identity and one dashboard; made inside the application's context."""

    def __init__(self, context: Context, dashboard: str, dataset: str, identity: DataIdentity, store: Store) -> None:
        from superset.connectors.sqla.models import SqlaTable
        from superset.extensions import db
        from superset.models.dashboard import Dashboard

        entry = next(d for d in context.catalog.dashboards if d.key == dashboard)
        stored = db.session.query(Dashboard).filter_by(uuid=entry.uuid).one()
        tables = {
            key: db.session.query(SqlaTable).filter_by(uuid=context.catalog.datasets[key].uuid).one() for key in entry.datasets
        }
        self.table_name: str = tables[dataset].table_name
        self._context = context
        self._identity = identity
        self._store = store
        self._embedded_uuid = entry.embedded_uuid
        self._dataset = dataset
        self._dataset_ids: dict[str, int] = {key: table.id for key, table in tables.items()}
        # Drafts have no stored query that could be sent.
        recorded = [chart for chart in stored.slices if chart.query_context]
        self._names = {str(chart.uuid): chart.slice_name for chart in recorded}
        self._queries = {str(chart.uuid): _query(chart, stored.id) for chart in recorded}

    def has(self, chart: str) -> bool:
        """Whether the chart is on the dashboard, and no draft."""
        return chart in self._queries

    def rule(self, tenant: str) -> Rules:
        """The probed dataset's rule that the Api writes for a tenant's administrator."""
        return self._rules(tenant, [self._dataset])

    def rules(self, tenant: str) -> Rules:
        """The same for all datasets of the dashboard."""
        return self._rules(tenant, list(self._dataset_ids))

    def _rules(self, tenant: str, datasets: list[str]) -> Rules:
        identity = DataIdentity(tenant, self._identity.role)
        clauses = {key: self._context.catalog.clause(key, identity) for key in datasets}
        return [{"dataset": self._dataset_ids[key], "clause": clause} for key, clause in clauses.items() if clause]

    def count(self, chart: str, rules: Rules) -> int:
        """The sum of all figures that a chart shows."""
        rows = self._read(chart, self._mint(rules))
        return sum(int(value or 0) for row in rows for value in row.values())

    def read_all_charts(self, rules: Rules) -> int:
        """How many charts there are; one that fails raises BootstrapFailure."""
        token = self._mint(rules)
        for uuid in self._names:
            self._read(uuid, token)
        return len(self._names)

    def _mint(self, rules: Rules) -> str:
        return mint(self._context, self._identity, self._store, self._embedded_uuid, rules)

    def _read(self, uuid: str, token: str) -> list[dict[str, Any]]:
        answer = self._context.app.test_client(use_cookies=False).post(
            "/api/v1/chart/data",
            json=self._queries[uuid],
            headers={
                "X-Superset-Ingress": self._context.settings.ingress_secret,
                "X-GuestToken": token,
            },
        )
        if answer.status_code != 200 or answer.json is None:
            raise BootstrapFailure(f"chart '{self._names[uuid]}' answered {answer.status_code}: {answer.text[:200]}")
        return list(answer.json["result"][0]["data"])


def _query(chart: Any, dashboard_id: int) -> dict[str, Any]:
    query: dict[str, Any] = json.loads(chart.query_context)
    query["form_data"]["dashboardId"] = dashboard_id
    # A cached answer would say nothing about the database wall.
    return {**query, "force": True}
