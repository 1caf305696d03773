"""Small assets that the lint accepts, for tests to spoil one thing at a time."""

import json
from pathlib import Path
from typing import Any

import yaml

DATASET = "00000000-0000-4000-8000-00000000000d"
BAR = "00000000-0000-4000-8000-0000000000c1"
TABLE = "00000000-0000-4000-8000-0000000000c2"
DASHBOARD = "00000000-0000-4000-8000-0000000000da"
FILES = {
    "dataset": "datasets/clinic/visits.yaml",
    "bar": "charts/visits/bar.yaml",
    "table": "charts/visits/table.yaml",
    "dashboard": "dashboards/visits.yaml",
}
PERIOD = {
    "clause": "WHERE",
    "comparator": "No filter",
    "expressionType": "SIMPLE",
    "operator": "TEMPORAL_RANGE",
    "subject": "held_on",
}


def good_assets() -> dict[str, Any]:
    """One dataset, a bar chart by result and a table, on one dashboard."""
    bar = {"viz_type": "echarts_timeseries_bar", "x_axis": "held_on", "time_grain_sqla": "P1M"}
    bar |= {"metrics": ["visits"], "groupby": ["result"], "annotation_layers": []}
    axis = {"sqlExpression": "held_on", "isColumnReference": True, "expressionType": "SQL"}
    table = {"viz_type": "table", "metrics": ["visits"], "groupby": ["staff_name"]}
    return {
        "catalog": _catalog(),
        "dataset": _dataset(),
        "bar": _chart(BAR, "Visits by month", bar, [axis, "result"]),
        "table": _chart(TABLE, "Staff", table, ["staff_name"]),
        "dashboard": _dashboard(),
        "series_values": {},
    }


def write_assets(root: Path, assets: dict[str, Any]) -> Path:
    """Writes them as the repository holds them."""
    for name in ("catalog", "series_values"):
        (root / f"{name}.yaml").write_text(yaml.safe_dump(assets[name]))
    for name, file in FILES.items():
        document = dict(assets[name])
        if document.get("query_context"):
            document["query_context"] = json.dumps(document["query_context"])
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(yaml.safe_dump(document))
    return root


def _catalog() -> dict[str, Any]:
    return {
        "row_terms": {"own_clinic": "tenant_id = {tenant}"},
        "dashboards": [
            {
                "key": "visits",
                "title": "Visits",
                "uuid": DASHBOARD,
                "embedded_uuid": "00000000-0000-4000-8000-0000000000eb",
                "datasets": ["visits"],
                "roles": ["admin"],
            }
        ],
        "datasets": [
            {
                "key": "visits",
                "uuid": DATASET,
                "rows": {"admin": ["own_clinic"]},
                "detail_columns": ["held_on", "staff_name"],
            }
        ],
    }


def _dataset() -> dict[str, Any]:
    case = "CASE result_code WHEN 'w' THEN 'Well' ELSE 'Unwell' END"
    return {
        "table_name": "visits",
        "uuid": DATASET,
        "schema": None,
        "catalog": None,
        "sql": None,
        "metrics": [
            {
                "metric_name": "visits",
                "verbose_name": "Visits",
                "description": "All visits.",
                "expression": "COUNT(*)",
                "d3format": ",d",
            }
        ],
        "columns": [
            _column("held_on"),
            _column("staff_name"),
            _column("person_id", groupby=False),
            _column("result", expression=case),
        ],
    }


def _column(name: str, groupby: bool = True, expression: str | None = None) -> dict[str, Any]:
    return {
        "column_name": name,
        "verbose_name": name,
        "description": f"The visit's {name}.",
        "groupby": groupby,
        "expression": expression,
    }


def _chart(uuid: str, title: str, params: dict[str, Any], columns: list[Any]) -> dict[str, Any]:
    source = f"{DATASET}__table"
    params = {"datasource": source, **params, "adhoc_filters": [PERIOD], "row_limit": 100}
    query = {
        "columns": columns,
        "metrics": ["visits"],
        "orderby": [["visits", False]],
        "filters": [{"col": "held_on", "op": "TEMPORAL_RANGE", "val": "No filter"}],
        "extras": {"where": "", "having": ""},
        "annotation_layers": [],
        "row_limit": 100,
        "time_offsets": [],
    }
    return {
        "slice_name": title,
        "uuid": uuid,
        "dataset_uuid": DATASET,
        "viz_type": params["viz_type"],
        "params": params,
        "query_context": {
            "datasource": {"id": DATASET, "type": "table"},
            "queries": [query],
            "form_data": {**params, "slice_id": uuid, "force": False, "result_type": "full"},
        },
    }


def _dashboard() -> dict[str, Any]:
    charts = {
        f"CHART-{uuid}": {
            "id": f"CHART-{uuid}",
            "type": "CHART",
            "parents": ["ROOT_ID", "GRID_ID"],
            "meta": {"uuid": uuid, "chartId": uuid},
        }
        for uuid in (BAR, TABLE)
    }
    colors = {"Well": "#5AC189", "Unwell": "#E04355"}
    return {
        "dashboard_title": "Visits",
        "uuid": DASHBOARD,
        "position": {"DASHBOARD_VERSION_KEY": "v2", **charts},
        "metadata": {
            "color_scheme": "supersetColors",
            "color_scheme_domain": ["#1FA8C9"],
            "map_label_colors": colors,
            "label_colors": colors,
            "shared_label_colors": [],
            "cross_filters_enabled": True,
            "chart_configuration": {TABLE: {"id": TABLE, "crossFilters": {"scope": "global", "chartsInScope": [BAR]}}},
            "native_filter_configuration": [
                {
                    "name": "Staff",
                    "filterType": "filter_select",
                    "targets": [{"datasetUuid": DATASET, "column": {"name": "staff_name"}}],
                    "scope": {"rootPath": ["ROOT_ID"], "excluded": []},
                    "defaultDataMask": {"extraFormData": {}, "filterState": {}},
                }
            ],
        },
    }
