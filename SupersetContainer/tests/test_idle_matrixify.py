import json

import pytest
import yaml

from embedstack.catalog import CATALOG_FILE
from embedstack.portable.matrixify import with_idle_matrixify
from embedstack.portable.text import chart_text

CHARTS = sorted((CATALOG_FILE.parent / "charts").rglob("*.yaml"))


def without_matrixify(form_data):
    return {name: value for name, value in form_data.items() if not name.startswith("matrixify_")}


@pytest.mark.parametrize("path", CHARTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_chart_that_explore_saved_once_reads_as_the_one_under_review(path):
    text = path.read_text(encoding="utf-8")
    chart = yaml.safe_load(text)
    query = json.loads(chart["query_context"])
    query["form_data"] = without_matrixify(query["form_data"])
    saved = {**chart, "params": without_matrixify(chart["params"]), "query_context": json.dumps(query)}
    assert chart_text(saved) != text
    assert chart_text(with_idle_matrixify(saved)) == text
    assert chart_text(with_idle_matrixify(chart)) == text


def test_matrixify_that_is_on_is_left_as_it_is():
    form_data = {"matrixify_enable": True, "matrixify_mode_rows": "dimensions"}
    query = json.dumps({"form_data": form_data})
    chart = {"viz_type": "pie", "params": form_data, "query_context": query}
    assert with_idle_matrixify(chart) == chart
