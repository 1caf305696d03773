"""Writes what Superset stores as the assets under review; runs inside the application's context."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from embedstack.portable import chart, dashboard
from embedstack.portable.hidden import with_hidden_controls
from embedstack.portable.matrixify import with_idle_matrixify
from embedstack.portable.text import chart_text, dashboard_text, dataset_text


class ExportError(Exception):
    """A dashboard that cannot be written as assets."""


def export_dashboard(uuid: str, before: Iterable[str] = ()) -> dict[str, str]:
    """Files of a dashboard, its charts and all datasets that these reach, by the UUID of each.

    `before` are files that charts had: what Explore leaves out of a chart by itself stays as it is there.
    """
    from superset.extensions import db
    from superset.models.dashboard import Dashboard

    stored = db.session.query(Dashboard).filter_by(uuid=uuid).one_or_none()
    if stored is None:
        raise ExportError(f"Superset has no dashboard {uuid}")
    known = {str(config.get("uuid")): config for config in map(yaml.safe_load, before) if isinstance(config, dict)}
    return {
        str(stored.uuid): _dashboard(stored),
        **{str(slice_.uuid): _chart(slice_, known.get(str(slice_.uuid), {})) for slice_ in stored.slices},
        **{str(table.uuid): _dataset(table) for table in _reached(stored)},
    }


def export_dataset(uuid: str) -> str:
    """A dataset's file."""
    from superset.connectors.sqla.models import SqlaTable
    from superset.extensions import db

    stored = db.session.query(SqlaTable).filter_by(uuid=uuid).one_or_none()
    if stored is None:
        raise ExportError(f"Superset has no dataset {uuid}")
    return _dataset(stored)


def same_dataset(stored: Any, config: Mapping[str, Any]) -> bool:
    """Whether a file says what is stored; what it leaves out counts as null."""
    return bool(_given(yaml.safe_load(_dataset(stored))) == _given({**config, "uuid": str(config["uuid"])}))


def _given(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _given(item) for key, item in value.items() if item is not None}
    return [_given(item) for item in value] if isinstance(value, list) else value


def _dashboard(stored: Any) -> str:
    from superset.utils.dict_import_export import EXPORT_VERSION

    # Not by Superset's own command, which lays out under a random name what the layout lacks.
    placed = {place["uuid"] for place in dashboard.chart_places(stored.position)}
    for slice_ in stored.slices:
        if str(slice_.uuid) not in placed:
            raise ExportError(f"chart '{slice_.slice_name}' is on the dashboard and not in its layout")
    config = stored.export_to_dict(recursive=False, include_defaults=True, export_uuids=True)
    config["position"] = json.loads(config.pop("position_json"))
    config["metadata"] = json.loads(config.pop("json_metadata") or "{}")
    config["version"] = EXPORT_VERSION
    return dashboard_text(dashboard.with_numbers(config, {uuid: uuid for uuid in placed}, _portable))


def _portable(target: dict[str, Any]) -> dict[str, Any]:
    from superset.connectors.sqla.models import SqlaTable
    from superset.extensions import db

    rest = {key: value for key, value in target.items() if key != "datasetId"}
    number = target.get("datasetId")
    table = None if number is None else db.session.get(SqlaTable, number)
    return rest if table is None else {**rest, "datasetUuid": str(table.uuid)}


def _chart(stored: Any, before: Mapping[str, Any]) -> str:
    from superset.commands.chart.export import ExportChartsCommand

    config = yaml.safe_load(ExportChartsCommand._file_content(stored))
    portable = chart.with_numbers(config, chart=config["uuid"], dataset=config["dataset_uuid"])
    return chart_text(with_hidden_controls(with_idle_matrixify(portable), before) if config.get("query_context") else portable)


def _dataset(stored: Any) -> str:
    from superset.commands.dataset.export import ExportDatasetsCommand

    config = yaml.safe_load(ExportDatasetsCommand._file_content(stored))
    # The order that somebody chose; Superset's export has one of its own.
    for name, key in (("metrics", "metric_name"), ("columns", "column_name")):
        order = {getattr(child, key): child.id for child in getattr(stored, name)}
        config[name].sort(key=lambda child, key=key, order=order: order[child[key]])
    return dataset_text(config)


def _reached(stored: Any) -> list[Any]:
    from superset.connectors.sqla.models import SqlaTable
    from superset.extensions import db

    metadata = json.loads(stored.json_metadata or "{}")
    ids = {slice_.datasource_id for slice_ in stored.slices} | {
        target["datasetId"]
        for entry in metadata.get("native_filter_configuration", [])
        for target in entry.get("targets", [])
        if target.get("datasetId")
    }
    return db.session.query(SqlaTable).filter(SqlaTable.id.in_(ids)).order_by(SqlaTable.uuid).all()
