"""Exported datasets, charts and dashboards, written over whatever is there."""

import json
from typing import Any

from embedstack.bootstrap.asset_files import Configs, read_assets
from embedstack.bootstrap.context import Context
from embedstack.bootstrap.failure import BootstrapFailure


def import_assets(context: Context) -> str:
    """Imports datasets, charts and dashboards; each one that exists is overwritten."""
    from superset.extensions import db

    with context.app.app_context():
        datasets = _import_datasets(read_assets(context.assets, "datasets/"))
        charts = _import_charts(
            read_assets(context.assets, "charts/"), datasets, context.settings.accepts_drafts
        )
        dashboards = read_assets(context.assets, "dashboards/")
        for config in dashboards.values():
            _import_dashboard(config, charts, datasets)
        db.session.commit()
    return f"{len(datasets)} datasets, {len(charts)} charts, {len(dashboards)} dashboards"


def _import_datasets(configs: Configs) -> dict[str, dict[str, Any]]:
    from superset.commands.dataset.importers.v1.utils import import_dataset
    from superset.extensions import db
    from superset.models.core import Database

    imported = {}
    for config in configs.values():
        database = db.session.query(Database).filter_by(uuid=config["database_uuid"]).one()
        config["database_id"] = database.id
        dataset = import_dataset(config, overwrite=True, ignore_permissions=True)
        db.session.flush()
        imported[str(dataset.uuid)] = {
            "datasource_id": dataset.id,
            "datasource_type": dataset.datasource_type,
            "datasource_name": dataset.table_name,
        }
    return imported


def _import_charts(
    configs: Configs, datasets: dict[str, dict[str, Any]], accept_drafts: bool
) -> dict[str, int]:
    from superset.commands.chart.importers.v1.utils import import_chart
    from superset.commands.utils import update_chart_config_dataset
    from superset.extensions import db
    from superset.models.slice import Slice

    imported = {}
    for name, config in configs.items():
        recorded = bool(config.get("query_context"))
        if not recorded and not accept_drafts:
            raise BootstrapFailure(f"{name} has no query_context; record it in Explore first")
        config.setdefault("query_context", None)
        complete = update_chart_config_dataset(config, datasets[config["dataset_uuid"]])
        if recorded:
            known = db.session.query(Slice.id).filter_by(uuid=config["uuid"]).scalar()
            complete["query_context"] = _with_chart_number(complete["query_context"], known)
        chart = import_chart(complete, overwrite=True, ignore_permissions=True)
        db.session.flush()
        if recorded:
            chart.query_context = _with_chart_number(chart.query_context, chart.id)
        imported[str(chart.uuid)] = chart.id
    return imported


def _with_chart_number(query_context: str, number: int | None) -> str:
    # The page sends the chart's number, which Superset's importer does not put in.
    context = json.loads(query_context)
    context["form_data"]["slice_id"] = number
    return json.dumps(context)


def _import_dashboard(
    config: dict[str, Any], charts: dict[str, int], datasets: dict[str, dict[str, Any]]
) -> None:
    from superset.commands.dashboard.importers.v1.utils import (
        find_chart_uuids,
        import_dashboard,
        update_id_refs,
    )
    from superset.extensions import db
    from superset.models.slice import Slice

    complete = update_id_refs(config, charts, datasets)
    dashboard = import_dashboard(complete, overwrite=True, ignore_permissions=True)
    wanted = [charts[uuid] for uuid in find_chart_uuids(complete["position"])]
    dashboard.slices = db.session.query(Slice).filter(Slice.id.in_(wanted)).all()
