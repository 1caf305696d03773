"""Tells the Api this installation's numbers: shared.catalog_ids."""

import json
from typing import Any, NamedTuple

from psycopg2.extensions import cursor as Cursor

from embedstack.bootstrap.context import Context
from embedstack.bootstrap.failure import BootstrapFailure
from embedstack.shared.transaction import shared_transaction


class CatalogRow(NamedTuple):
    """One row of shared.catalog_ids."""

    kind: str
    key: str
    uuid: str
    id: int
    datasets: tuple[str, ...] | None


def publish_ids(context: Context) -> str:
    """Writes what differs, so that readers are notified only of changes."""
    with context.app.app_context():
        rows = [*_dataset_rows(context), *_dashboard_rows(context)]
    wanted = set(rows)
    with shared_transaction(context.settings.shared_database) as connection:
        with connection.cursor() as cursor:
            known = _known(cursor)
            for row in known - wanted:
                cursor.execute("DELETE FROM shared.catalog_ids WHERE kind = %s AND key = %s", row[:2])
            for row in wanted - known:
                cursor.execute(
                    "INSERT INTO shared.catalog_ids (kind, key, uuid, id, datasets) VALUES (%s, %s, %s, %s, %s)",
                    (*row[:4], None if row.datasets is None else list(row.datasets)),
                )
    return f"{len(rows)} ids, {len(wanted - known)} of them new"


def _known(cursor: Cursor) -> set[CatalogRow]:
    cursor.execute("SELECT kind, key, uuid::text, id, datasets FROM shared.catalog_ids")
    return {
        CatalogRow(kind, key, uuid, number, None if datasets is None else tuple(datasets))
        for kind, key, uuid, number, datasets in cursor.fetchall()
    }


def _dataset_rows(context: Context) -> list[CatalogRow]:
    from superset.connectors.sqla.models import SqlaTable
    from superset.extensions import db

    rows = []
    for key, entry in context.catalog.datasets.items():
        dataset = db.session.query(SqlaTable).filter_by(uuid=entry.uuid).one_or_none()
        if dataset is None:
            raise BootstrapFailure(f"no asset has the UUID of dataset '{key}'")
        rows.append(CatalogRow("dataset", key, entry.uuid, dataset.id, None))
    return rows


def _dashboard_rows(context: Context) -> list[CatalogRow]:
    from superset.extensions import db
    from superset.models.dashboard import Dashboard

    keys = {row.id: row.key for row in _dataset_rows(context)}
    rows = []
    for entry in context.catalog.dashboards:
        dashboard = db.session.query(Dashboard).filter_by(uuid=entry.uuid).one()
        reached = reached_datasets(dashboard)
        if unknown := reached - keys.keys():
            raise BootstrapFailure(f"dashboard '{entry.key}' reaches datasets {sorted(unknown)}, which catalog.yaml lacks")
        names = tuple(sorted(keys[number] for number in reached))
        if names != tuple(sorted(entry.datasets)):
            raise BootstrapFailure(f"dashboard '{entry.key}' reaches {list(names)}, catalog.yaml says {list(entry.datasets)}")
        rows.append(CatalogRow("dashboard", entry.key, entry.uuid, dashboard.id, names))
        rows += [CatalogRow("chart", str(chart.uuid), str(chart.uuid), chart.id, None) for chart in dashboard.slices]
    return rows


def reached_datasets(dashboard: Any) -> set[int]:
    """Numbers of all datasets that the dashboard's charts and filters query."""
    reached = {chart.datasource_id for chart in dashboard.slices}
    for chart in dashboard.slices:
        context = json.loads(chart.query_context or "{}")
        if source := context.get("datasource"):
            reached.add(int(source["id"]))
    metadata = json.loads(dashboard.json_metadata or "{}")
    for native_filter in metadata.get("native_filter_configuration", []):
        for target in native_filter.get("targets", []):
            if target.get("datasetId"):
                reached.add(int(target["datasetId"]))
    return reached
