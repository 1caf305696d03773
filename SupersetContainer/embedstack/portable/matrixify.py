"""Controls of a switched-off Matrixify, which Explore saves with a chart or leaves out, by turns."""

import json
from typing import Any

Config = dict[str, Any]

_BY_DIMENSION = {
    "all_sort_by": "a_to_z",
    "dimension": {"dimension": "", "values": []},
    "dimension_selection_mode": "members",
    "mode": "disabled",
    "topn_order": True,
    "topn_value": 10,
}
_IDLE: Config = {
    "cell_title_template": "",
    "charts_per_row": 4,
    "enable": False,
    "fit_columns_dynamically": True,
    "row_height": 300,
    "show_column_headers": True,
    "show_row_labels": True,
}
_IDLE |= {f"{name}_{side}": value for name, value in _BY_DIMENSION.items() for side in ("columns", "rows")}
# The table's own control has a default of its own.
_CHARTS_PER_ROW = {"table": 3}


def with_idle_matrixify(config: Config) -> Config:
    """The chart as Explore saves it every second time: a page's single save shows nothing of it in a review."""
    query = json.loads(config["query_context"]) if config.get("query_context") else None
    if query is not None:
        query["form_data"] = _filled(query.get("form_data") or {}, config)
    return {
        **config,
        "params": _filled(config["params"], config),
        "query_context": None if query is None else json.dumps(query),
    }


def _filled(form_data: Config, chart: Config) -> Config:
    if form_data.get("matrixify_enable"):
        return form_data
    idle = _IDLE | {"charts_per_row": _CHARTS_PER_ROW.get(chart["viz_type"], _IDLE["charts_per_row"])}
    return {**{f"matrixify_{name}": value for name, value in idle.items()}, **form_data}
