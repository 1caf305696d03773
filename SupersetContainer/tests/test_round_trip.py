import json
import re
import shutil

import pytest
import yaml

from embedstack.bootstrap.assets import import_assets
from embedstack.bootstrap.context import Context
from embedstack.portable.export import ExportError, export_dashboard, export_dataset


def files(assets):
    """Texts of datasets, charts and dashboards, by UUID."""
    return {
        yaml.safe_load(text)["uuid"]: text
        for folder in ("datasets", "charts", "dashboards")
        for text in (path.read_text(encoding="utf-8") for path in sorted((assets / folder).rglob("*.yaml")))
    }


def exported(context):
    """What an export of everything writes, by UUID."""
    with context.app.app_context():
        datasets = {uuid: export_dataset(uuid) for uuid in dataset_uuids(context.assets)}
        dashboards = [export_dashboard(entry.uuid) for entry in context.catalog.dashboards]
    return {uuid: text for texts in [datasets, *dashboards] for uuid, text in texts.items()}


def dataset_uuids(assets):
    paths = (assets / "datasets").rglob("*.yaml")
    return [yaml.safe_load(path.read_text(encoding="utf-8"))["uuid"] for path in paths]


def imported(context, assets, texts):
    """A context over a copy of the assets with these texts, imported."""
    copy = Context(assets=assets)
    shutil.copytree(context.assets, assets)
    for path in assets.rglob("*.yaml"):
        uuid = yaml.safe_load(path.read_text(encoding="utf-8")).get("uuid")
        if uuid in texts:
            path.write_text(texts[uuid], encoding="utf-8")
    copy.app, copy.catalog, copy.settings = context.app, context.catalog, context.settings
    import_assets(copy)
    return copy


@pytest.fixture(scope="module")
def first(bootstrapped):
    """What the bootstrapped Superset exports."""
    return exported(bootstrapped)


def test_exported_assets_are_the_ones_under_review(bootstrapped, first):
    stored = files(bootstrapped.assets)
    assert first.keys() == stored.keys()
    for uuid, text in stored.items():
        assert first[uuid] == text


def test_importing_an_export_and_exporting_again_changes_nothing(bootstrapped, first, tmp_path):
    assert exported(imported(bootstrapped, tmp_path / "assets", first)) == first


def test_export_holds_none_of_the_installations_numbers(first):
    place = re.compile(r"(datasource|slice_id|chartId|datasetId|datasource_id)\W+\d+(__table)?(?![\w-])")
    for text in first.values():
        assert not place.search(text)
        assert not re.search(r"^(owners|changed_on|last_saved|changed_by)", text, re.MULTILINE)


def test_numbers_of_another_installation_find_their_charts(app, bootstrapped, tmp_path):
    from superset.extensions import db
    from superset.models.dashboard import Dashboard

    texts = files(bootstrapped.assets)
    for uuid, text in texts.items():
        config = yaml.safe_load(text)
        if "position" in config:
            texts[uuid] = yaml.safe_dump(_numbered(config), sort_keys=False)
    imported(bootstrapped, tmp_path / "assets", texts)
    for stored in db.session.query(Dashboard).all():
        metadata = json.loads(stored.json_metadata)
        own = {slice_.id for slice_ in stored.slices}
        assert set(metadata["global_chart_configuration"]["chartsInScope"]) == own
        assert {int(key) for key in metadata["chart_configuration"]} <= own
    assert exported(bootstrapped) == files(bootstrapped.assets)


def test_chart_outside_the_layout_stops_the_export(app, bootstrapped):
    from superset.extensions import db
    from superset.models.dashboard import Dashboard

    stored = db.session.query(Dashboard).first()
    position = json.loads(stored.position_json)
    del position[next(name for name, part in position.items() if name.startswith("CHART-"))]
    stored.position_json = json.dumps(position)
    with pytest.raises(ExportError, match="not in its layout"):
        export_dashboard(str(stored.uuid))
    db.session.rollback()


def _numbered(config):
    """A dashboard as Superset itself would export it: numbers of its own installation."""
    text = yaml.safe_dump(config, sort_keys=False)
    places = [part["meta"]["uuid"] for part in config["position"].values() if _is_chart(part)]
    numbered = json.loads(json.dumps(yaml.safe_load(text)))
    numbers = {uuid: 9000 + index for index, uuid in enumerate(places)}
    for part in numbered["position"].values():
        if _is_chart(part):
            part["meta"]["chartId"] = numbers[part["meta"]["uuid"]]
    metadata = json.dumps(numbered["metadata"])
    for uuid, number in numbers.items():
        metadata = metadata.replace(f'"{uuid}":', f'"{number}":').replace(f'"{uuid}"', str(number))
    return {**numbered, "metadata": json.loads(metadata)}


def _is_chart(part):
    return isinstance(part, dict) and part.get("type") == "CHART"
