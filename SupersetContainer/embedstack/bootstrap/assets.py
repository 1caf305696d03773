"""Exported datasets, charts and dashboards, written over whatever is there."""

from typing import Any

from embedstack.bootstrap.asset_files import Configs, Texts, load_assets, read_texts
from embedstack.bootstrap.context import Context
from embedstack.bootstrap.failure import BootstrapFailure
from embedstack.portable import chart as portable_chart
from embedstack.portable import dashboard as portable_dashboard
from embedstack.portable.export import same_dataset


KINDS = ("datasets/", "charts/", "dashboards/")


def import_assets(context: Context) -> str:
    """Imports datasets, charts and dashboards; each one that exists is overwritten."""
    with context.app.app_context():
        return import_texts(read_texts(context.assets, *KINDS), context.settings.accepts_drafts)


def import_texts(texts: Texts, accept_drafts: bool) -> str:
    """The same of files already read, inside the application's context."""
    datasets = _import_datasets(load_assets(texts, "datasets/"))
    return f"{len(datasets)} datasets, {_import_designs(texts, datasets, accept_drafts)}"


def import_drafts(texts: Texts) -> str:
    """Charts, recorded or not, and dashboards alone, over the datasets that Superset has of these files."""
    return _import_designs(texts, _known_datasets(load_assets(texts, "datasets/")), accept_drafts=True)


def _import_designs(texts: Texts, datasets: dict[str, dict[str, Any]], accept_drafts: bool) -> str:
    from superset.extensions import db

    charts = _import_charts(load_assets(texts, "charts/"), datasets, accept_drafts)
    dashboards = load_assets(texts, "dashboards/")
    for name, config in dashboards.items():
        _import_dashboard(name, config, charts, datasets)
    db.session.commit()
    return f"{len(charts)} charts, {len(dashboards)} dashboards"


def _known_datasets(configs: Configs) -> dict[str, dict[str, Any]]:
    from superset.connectors.sqla.models import SqlaTable
    from superset.extensions import db

    known = {}
    for name, config in configs.items():
        stored = db.session.query(SqlaTable).filter_by(uuid=config["uuid"]).one_or_none()
        if stored is None or not same_dataset(stored, config):
            raise BootstrapFailure(f"Superset has another dataset than {name}; datasets come with ./embedstack up")
        known[str(stored.uuid)] = _information(stored)
    return known


def _information(dataset: Any) -> dict[str, Any]:
    return {
        "datasource_id": dataset.id,
        "datasource_type": dataset.datasource_type,
        "datasource_name": dataset.table_name,
    }


def _import_datasets(configs: Configs) -> dict[str, dict[str, Any]]:
    from superset.commands.dataset.importers.v1.utils import import_dataset
    from superset.extensions import db
    from superset.models.core import Database

    imported = {}
    for config in configs.values():
        database = db.session.query(Database).filter_by(uuid=config["database_uuid"]).one()
        config["database_id"] = database.id
        _forget_other_orders(config)
        dataset = import_dataset(config, overwrite=True, ignore_permissions=True)
        db.session.flush()
        imported[str(dataset.uuid)] = _information(dataset)
    return imported


def _forget_other_orders(config: dict[str, Any]) -> None:
    # Superset keeps no order but that of making: what would come out in another one is made anew.
    from superset.connectors.sqla.models import SqlaTable
    from superset.extensions import db

    stored = db.session.query(SqlaTable).filter_by(uuid=config["uuid"]).one_or_none()
    for name, key in (("metrics", "metric_name"), ("columns", "column_name")) if stored else ():
        wanted = [child[key] for child in config[name]]
        children = sorted(getattr(stored, name), key=lambda child: child.id)
        kept = [getattr(child, key) for child in children if getattr(child, key) in wanted]
        if wanted[: len(kept)] != kept:
            getattr(stored, name).clear()
            db.session.flush()


def _import_charts(configs: Configs, datasets: dict[str, dict[str, Any]], accept_drafts: bool) -> dict[str, int]:
    from superset.commands.chart.importers.v1.utils import import_chart
    from superset.extensions import db
    from superset.models.slice import Slice

    imported = {}
    for name, config in configs.items():
        if not config.get("query_context") and not accept_drafts:
            raise BootstrapFailure(f"{name} has no query_context; record it in Explore first")
        dataset = datasets[config["dataset_uuid"]]
        config = {"query_context": None, **config, **dataset}
        number = db.session.query(Slice.id).filter_by(uuid=config["uuid"]).scalar()
        # A new chart gets its number by being imported, and keeps it by being imported again.
        for _ in range(1 if number else 2):
            complete = portable_chart.with_numbers(config, chart=number, dataset=dataset["datasource_id"])
            number = import_chart(complete, overwrite=True, ignore_permissions=True).id
        imported[str(config["uuid"])] = number
    return imported


def _import_dashboard(name: str, config: dict[str, Any], charts: dict[str, int], datasets: dict[str, dict[str, Any]]) -> None:
    from superset.commands.dashboard.importers.v1.utils import import_dashboard
    from superset.extensions import db
    from superset.models.slice import Slice

    def installed(target: dict[str, Any]) -> dict[str, Any]:
        rest = {key: value for key, value in target.items() if key != "datasetUuid"}
        uuid = target.get("datasetUuid")
        return rest if uuid is None else {**rest, "datasetId": datasets[uuid]["datasource_id"]}

    wanted = {str(place["uuid"]) for place in portable_dashboard.chart_places(config["position"])}
    if missing := wanted - charts.keys():
        raise BootstrapFailure(f"{name} shows chart {missing.pop()}, which no file under charts has")
    complete = portable_dashboard.with_numbers(config, charts, installed)
    stored = import_dashboard(complete, overwrite=True, ignore_permissions=True)
    numbers = [charts[uuid] for uuid in wanted]
    stored.slices = db.session.query(Slice).filter(Slice.id.in_(numbers)).all()
