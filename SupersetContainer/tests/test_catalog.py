from pathlib import Path

import pytest
import yaml

from embedstack.bootstrap.context import ASSETS
from embedstack.catalog import Catalog
from embedstack.configuration.errors import ConfigurationError


def load(tmp_path: Path, document: object) -> Catalog:
    path = tmp_path / "catalog.yaml"
    path.write_text(yaml.safe_dump(document))
    return Catalog.load(path)


@pytest.fixture
def document():
    return yaml.safe_load((ASSETS / "catalog.yaml").read_text())


def test_committed_catalog_is_read(document):
    catalog = Catalog.load(ASSETS / "catalog.yaml")
    assert [d.key for d in catalog.dashboards] == [d["key"] for d in document["dashboards"]]
    assert catalog.dashboards[0].roles == ("admin",)


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d["dashboards"][0].pop("embedded_uuid"),
        lambda d: d["dashboards"][0].update(uuid="no-uuid"),
        lambda d: d["dashboards"][0].update(embedded_uuid=d["dashboards"][0]["uuid"]),
        lambda d: d["dashboards"][0].update(key="Clinic!"),
        lambda d: d["dashboards"][0].update(datasets=["unknown"]),
        lambda d: d["dashboards"].append(d["dashboards"][0]),
        lambda d: d.pop("datasets"),
        lambda d: d["dashboards"][0].update(roles=["owner"]),
        lambda d: d["datasets"].append(d["datasets"][0]),
        lambda d: d["datasets"][0].pop("rows"),
        lambda d: d["datasets"][0]["rows"].update(owner=["own_clinic"]),
        lambda d: d["datasets"][0]["rows"].update(admin=["unknown"]),
        lambda d: d["datasets"][0]["rows"].update(admin=[]),
        lambda d: d["datasets"][0]["rows"].update(admin="own_clinic"),
        lambda d: d["datasets"][0]["rows"].update(admin=["own_staff"]),
        lambda d: d["datasets"][0].update(detail_columns=["status; drop"]),
        lambda d: d["row_terms"].update(own_clinic="tenant_id = {person}"),
        lambda d: d["row_terms"].update(own_clinic="tenant_id = {{tenant}}"),
        lambda d: d["row_terms"].update(own_clinic="tenant_id = '{tenant}'"),
        lambda d: d["row_terms"].update(own_clinic="tenant_id = {tenant} OR true"),
        lambda d: d["row_terms"].update(own_clinic="tenant_id = {tenant} -- all"),
        lambda d: d["row_terms"].update(own_clinic="tenant_id = {tenant}) OR (1 = 1"),
        lambda d: d["row_terms"].update(own_clinic="tenant_id = {tenant}; SELECT 1"),
        lambda d: d["row_terms"].update(own_clinic="tenant_id = {tenant}\nOR 1 = 1"),
        lambda d: d["row_terms"].update(own_clinic="tenant_id"),
        lambda d: d["row_terms"].update(own_clinic=""),
        lambda d: d["row_terms"].update(own_clinic=None),
        lambda d: d.update(row_terms=[]),
    ],
)
def test_faulty_catalog_is_explained(tmp_path, document, change):
    change(document)
    with pytest.raises(ConfigurationError, match="catalog.yaml"):
        load(tmp_path, document)


def test_assets_hold_neither_password_nor_schema():
    for path in (ASSETS / "databases").glob("*.yaml"):
        uri = yaml.safe_load(path.read_text())["sqlalchemy_uri"]
        assert uri == "postgresql+psycopg2://clinic_reader@clinic-db/clinic"
    for path in (ASSETS / "datasets").rglob("*.yaml"):
        dataset = yaml.safe_load(path.read_text())
        assert dataset["schema"] is None and dataset["catalog"] is None and dataset["sql"] is None
