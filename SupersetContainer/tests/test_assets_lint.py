"""Each rule refuses what it is there for, names the file and says what to do; what is good passes."""

import copy
import re
from pathlib import Path

import pytest
from support.lint_assets import BAR, FILES, TABLE, good_assets, write_assets

from embedstack.assets_lint.__main__ import main
from embedstack.assets_lint.assets import Assets
from embedstack.assets_lint.charts import CHART_TYPES
from embedstack.assets_lint.lint import lint
from embedstack.catalog import CATALOG_FILE
from embedstack.configuration.errors import ConfigurationError

OTHER = "00000000-0000-4000-8000-00000000ffff"


def both(chart, **changes):
    chart["params"] |= changes
    chart["query_context"]["form_data"] |= changes


def query(chart):
    return chart["query_context"]["queries"][0]


def thirteen_charts(a):
    chart = a["dashboard"]["position"][f"CHART-{BAR}"]
    for number in range(12):
        a["dashboard"]["position"][f"CHART-{number}"] = copy.deepcopy(chart) | {"id": f"CHART-{number}"}


def values_without_colors(a):
    set_group(a["bar"], "staff_name")
    a["series_values"]["staff_name"] = ["Ann"]


def adhoc(label):
    return {"expressionType": "SQL", "sqlExpression": "max(fee)", "label": label}


def set_metric(chart, metric):
    both(chart, metrics=[metric])
    query(chart).update(metrics=[metric], orderby=[])


def set_group(chart, column):
    both(chart, groupby=[column])
    query(chart).update(columns=[column])


def set_period(chart, text):
    period = copy.deepcopy(chart["params"]["adhoc_filters"][0]) | {"comparator": text}
    both(chart, adhoc_filters=[period])
    query(chart)["filters"][0]["val"] = text


def native(a):
    return a["dashboard"]["metadata"]["native_filter_configuration"][0]


def written(a, text):
    a["table"]["description"] = text


def metadata(a):
    return a["dashboard"]["metadata"]


BAD = [
    ("recorded", "table", lambda a: a["table"].update(query_context=None)),
    ("dataset-schema", "dataset", lambda a: a["dataset"].update(schema="clinic")),
    ("dataset-schema", "dataset", lambda a: a["dataset"].update(catalog="clinic")),
    ("dataset-sql", "dataset", lambda a: a["dataset"].update(sql="SELECT * FROM visits")),
    ("dataset-sql", "dataset", lambda a: a["dataset"].update(fetch_values_predicate="1 = 1")),
    ("dataset-catalog", "dataset", lambda a: a["dataset"].update(uuid=OTHER)),
    ("dataset-catalog", "table", lambda a: a["table"].update(dataset_uuid=OTHER)),
    ("undescribed", "dataset", lambda a: a["dataset"]["metrics"][0].update(description=None)),
    ("undescribed", "dataset", lambda a: a["dataset"]["metrics"][0].update(d3format=None)),
    ("undescribed", "dataset", lambda a: a["dataset"]["columns"][1].update(verbose_name="")),
    ("drillable-id", "dataset", lambda a: a["dataset"]["columns"][2].update(groupby=True)),
    ("detail-columns", "catalog", lambda a: a["catalog"]["datasets"][0].update(detail_columns=["fee"])),
    ("named-metrics", "table", lambda a: set_metric(a["table"], adhoc("fees"))),
    ("named-metrics", "table", lambda a: set_metric(a["table"], "fees")),
    ("named-metrics", "table", lambda a: both(a["table"], timeseries_limit_metric=adhoc("fees"))),
    ("declared-columns", "table", lambda a: set_group(a["table"], "room")),
    ("declared-columns", "table", lambda a: set_group(a["table"], adhoc("room"))),
    ("declared-columns", "table", lambda a: query(a["table"]).update(orderby=[[adhoc("fee"), True]])),
    ("own-sql", "table", lambda a: query(a["table"])["extras"].update(where="1 = 1")),
    ("own-sql", "table", lambda a: both(a["table"], adhoc_filters=[{"expressionType": "SQL", "subject": None}])),
    ("chart-type", "table", lambda a: a["table"].update(viz_type="cal_heatmap")),
    ("annotations", "bar", lambda a: both(a["bar"], annotation_layers=[{"sourceType": "table", "value": 7}])),
    ("annotations", "bar", lambda a: query(a["bar"]).update(annotation_layers=[{"value": 7}])),
    ("clicked-value", "bar", lambda a: both(a["bar"], orientation="horizontal", groupby=[])),
    ("matrixify", "table", lambda a: both(a["table"], matrixify_enable=True)),
    ("same-dataset", "table", lambda a: a["table"]["query_context"]["datasource"].update(id=OTHER)),
    ("same-dataset", "table", lambda a: both(a["table"], datasource=f"{OTHER}__table")),
    ("same-params", "table", lambda a: a["table"]["params"].update(row_limit=7)),
    ("same-params", "table", lambda a: query(a["table"]).update(row_limit=7)),
    ("same-params", "table", lambda a: query(a["table"]).update(columns=["result"])),
    ("same-params", "table", lambda a: query(a["table"]).update(metrics=[], orderby=[])),
    ("same-params", "table", lambda a: query(a["table"]).update(filters=[])),
    ("same-params", "table", lambda a: query(a["table"])["filters"].append({"col": "result", "op": "IS NULL"})),
    ("same-params", "table", lambda a: a["table"].update(viz_type="pie")),
    ("moving-time", "table", lambda a: set_period(a["table"], "Last week")),
    ("moving-time", "table", lambda a: set_period(a["table"], "2026-01-01 : now")),
    ("moving-time", "table", lambda a: both(a["table"], time_compare=["1 year ago"])),
    ("moving-time", "table", lambda a: query(a["table"]).update(time_offsets=["1 year ago"])),
    ("moving-time", "dashboard", lambda a: native(a).update(defaultDataMask={"time_range": "today"})),
    ("orphan", "table", lambda a: a["dashboard"]["position"].pop(f"CHART-{TABLE}")),
    ("missing-chart", "dashboard", lambda a: a["dashboard"]["position"][f"CHART-{TABLE}"]["meta"].update(uuid=OTHER)),
    ("tab-size", "dashboard", thirteen_charts),
    ("dashboard-catalog", "dashboard", lambda a: a["dashboard"].update(uuid=OTHER)),
    ("dashboard-catalog", "dashboard", lambda a: a["dashboard"].update(dashboard_title="Consultations")),
    ("dashboard-catalog", "dashboard", lambda a: a["catalog"]["dashboards"][0].update(datasets=[])),
    ("filter-type", "dashboard", lambda a: native(a).update(filterType="filter_range")),
    ("filter-column", "dashboard", lambda a: native(a)["targets"][0]["column"].update(name="room")),
    ("filter-column", "dashboard", lambda a: native(a)["targets"][0].update(datasetUuid=OTHER)),
    ("filter-scope", "dashboard", lambda a: native(a)["targets"][0]["column"].update(name="room")),
    ("filter-scope", "dashboard", lambda a: a["table"].update(dataset_uuid=OTHER)),
    ("cross-filters", "dashboard", lambda a: metadata(a).update(cross_filters_enabled=False)),
    ("colors", "dashboard", lambda a: metadata(a).update(color_scheme="")),
    ("colors", "dashboard", lambda a: metadata(a).update(color_scheme_domain=[])),
    ("colors", "dashboard", lambda a: metadata(a).pop("map_label_colors")),
    ("colors", "dashboard", lambda a: metadata(a)["map_label_colors"].pop("Unwell")),
    ("colors", "dashboard", lambda a: set_group(a["table"], "result") or a["table"].update(viz_type="pie")),
    ("colors", "bar", lambda a: set_group(a["bar"], "staff_name")),
    ("colors", "dashboard", values_without_colors),
    ("installation-id", "table", lambda a: both(a["table"], datasource="7__table")),
    ("installation-id", "table", lambda a: a["table"]["query_context"]["datasource"].update(id=7)),
    ("installation-id", "table", lambda a: a["table"]["query_context"]["form_data"].update(slice_id=7)),
    ("installation-id", "dashboard", lambda a: a["dashboard"]["position"][f"CHART-{BAR}"]["meta"].update(chartId=7)),
    ("installation-id", "dashboard", lambda a: native(a)["targets"][0].update(datasetId=7)),
    ("installation-id", "dashboard", lambda a: native(a)["scope"].update(excluded=[7])),
    ("installation-id", "dashboard", lambda a: metadata(a)["chart_configuration"].update({"7": {"crossFilters": {}}})),
    ("secret", "table", lambda a: written(a, "see postgresql://reader:hunter2@db/clinic")),
    ("secret", "table", lambda a: written(a, "redis://:hunter2@cache")),
    ("secret", "table", lambda a: written(a, f"eyJhbGciOiJIUzI1NiJ9.{'a' * 20}.{'b' * 20}")),
    ("secret", "table", lambda a: written(a, "-----BEGIN RSA PRIVATE KEY-----")),
    ("secret", "table", lambda a: written(a, f"AKIA{'A' * 16}")),
    ("secret", "table", lambda a: written(a, "password: correcthorse")),
    ("secret", "table", lambda a: written(a, 'pwd = "correcthorse"')),
    ("secret", "table", lambda a: both(a["table"], header="Bearer 0123456789abcdef")),
    ("secret", "table", lambda a: query(a["table"]).update(url_params={"api_key": "0123"})),
    ("secret", "dataset", lambda a: a["dataset"].update(extra={"certification": {"token": "0123"}})),
    ("secret", "dashboard", lambda a: a["dashboard"].update(css="/* https://ann:hunter2@files.example */")),
]


def test_committed_assets_pass():
    assert [str(refusal) for refusal in lint(Assets.load(CATALOG_FILE.parent))] == []


def test_good_assets_pass(tmp_path):
    assert lint(Assets.load(write_assets(tmp_path, good_assets()))) == []


@pytest.mark.parametrize(("rule", "where", "spoil"), BAD, ids=[f"{r}-{n}" for n, (r, _, _) in enumerate(BAD)])
def test_bad_asset_is_refused_by_its_rule(tmp_path, rule, where, spoil):
    assets = good_assets()
    spoil(assets)
    refusals = lint(Assets.load(write_assets(tmp_path, assets)))
    found = [r for r in refusals if r.rule == rule and r.file == FILES.get(where, "catalog.yaml")]
    assert found, [str(refusal) for refusal in refusals]
    assert all(refusal.cause and refusal.next_step for refusal in found)


def test_every_rule_has_a_bad_asset():
    import embedstack.assets_lint as package

    source = "".join(path.read_text() for path in Path(package.__path__[0]).glob("*.py"))
    named = set(re.findall(r'Refusal\(\s*(?:file|"catalog\.yaml"), "([a-z-]+)"', source))
    assert named == {rule for rule, _, _ in BAD}


def test_absolute_range_is_no_moving_time(tmp_path):
    assets = good_assets()
    set_period(assets["table"], "2026-01-01 : 2026-02-01")
    assert lint(Assets.load(write_assets(tmp_path, assets))) == []


def test_charts_without_labels_need_no_colors(tmp_path):
    assets = good_assets()
    for chart in ("table", "bar"):
        assets[chart]["viz_type"] = "big_number_total"
    metadata(assets).update(label_colors={}, map_label_colors={}, shared_label_colors=[])
    assert [r for r in lint(Assets.load(write_assets(tmp_path, assets))) if r.rule == "colors"] == []
    metadata(assets)["map_label_colors"] = None
    assert [r.cause for r in lint(Assets.load(write_assets(tmp_path, assets))) if r.rule == "colors"] == [
        "map_label_colors is empty"
    ]
    metadata(assets)["map_label_colors"] = {}
    assets["table"]["viz_type"] = "funnel"
    assert [r.cause for r in lint(Assets.load(write_assets(tmp_path, assets))) if r.rule == "colors"] == [
        "map_label_colors is empty"
    ]


def test_chart_out_of_scope_needs_no_column(tmp_path):
    assets = good_assets()
    both(assets["table"], groupby=["staff_name"])
    assets["dashboard"]["metadata"]["chart_configuration"][TABLE]["crossFilters"]["scope"] = {"excluded": [BAR]}
    assert lint(Assets.load(write_assets(tmp_path, assets))) == []


def test_command_prints_file_rule_and_next_step(tmp_path, capsys):
    assets = good_assets()
    assets["dataset"]["schema"] = "clinic"
    assert main([str(write_assets(tmp_path, assets))]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "datasets/clinic/visits.yaml: [dataset-schema] schema is 'clinic'; set it to null: the tenant's connection decides",
        "1 dashboards, 2 charts, 1 datasets: 1 refusals",
    ]


@pytest.mark.parametrize("text", ["Secret shoppers: by month", "password protected dashboards", "Pwd holders=benefit"])
def test_prose_about_secrets_is_none(tmp_path, text):
    assets = good_assets()
    written(assets, text)
    assert lint(Assets.load(write_assets(tmp_path, assets))) == []


def test_secret_is_not_repeated(tmp_path):
    assets = good_assets()
    written(assets, "postgresql://reader:hunter2@db/clinic")
    said = " ".join(str(refusal) for refusal in lint(Assets.load(write_assets(tmp_path, assets))))
    assert "description holds an address with a password" in said
    assert "hunter2" not in said


def test_command_says_what_concerns_a_dashboard(tmp_path, capsys):
    root = write_assets(tmp_path, good_assets())
    (root / "charts/visits/lost.yaml").write_text((root / FILES["table"]).read_text().replace(TABLE, OTHER))
    assert main([str(root)]) == 1
    assert "lost.yaml: [orphan]" in capsys.readouterr().out
    assert main([str(root), "visits"]) == 0
    assert main([str(root), "nobodys"]) == 1
    assert "the catalogue has no dashboard 'nobodys', only: visits" in capsys.readouterr().out


def test_command_explains_a_faulty_catalogue(tmp_path, capsys):
    assets = good_assets()
    assets["catalog"]["dashboards"][0].pop("uuid")
    assert main([str(write_assets(tmp_path, assets))]) == 1
    assert "catalog.yaml cannot be read" in capsys.readouterr().out
    with pytest.raises(ConfigurationError):
        Assets.load(tmp_path)


def test_no_accepted_chart_type_is_supersets_legacy():
    import superset

    legacy = set(re.findall(r'viz_type = "(\w+)"', (Path(superset.__file__).parent / "viz.py").read_text()))
    assert "cal_heatmap" in legacy
    assert not CHART_TYPES & legacy
