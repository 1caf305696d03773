"""Rules on a chart as such: its type, its dataset, and that it was recorded."""

from collections.abc import Iterator

from embedstack.assets_lint.assets import Assets, Document, placed, query_context
from embedstack.assets_lint.refusal import Refusal

# Those that ask POST /api/v1/chart/data; the older ones ask /superset/explore_json, which guests are refused.
CHART_TYPES = frozenset(
    "ag-grid-table big_number big_number_period_over_period big_number_total box_plot bubble_v2 echarts_area "
    "echarts_timeseries echarts_timeseries_bar echarts_timeseries_line echarts_timeseries_scatter "
    "echarts_timeseries_smooth echarts_timeseries_step funnel gantt_chart gauge_chart graph_chart heatmap_v2 "
    "histogram_v2 mixed_timeseries pie pivot_table_v2 radar sankey_v2 sunburst_v2 table tree_chart treemap_v2 "
    "waterfall word_cloud".split()
)
RECORD = "save it in Explore and pull it, or record it: ./embedstack dashboard record KEY"


def check_charts(assets: Assets) -> Iterator[Refusal]:
    """Recorded, of a type that guests may ask, of the catalogue's datasets, on a dashboard."""
    shown = {uuid for dashboard in assets.dashboards.values() for uuid in placed(dashboard)}
    for file, chart in assets.charts.items():
        if not chart.get("query_context"):
            yield Refusal(file, "recorded", "it has no query_context", RECORD)
        if chart["viz_type"] not in CHART_TYPES:
            yield Refusal(
                file, "chart-type", f"'{chart['viz_type']}' is a legacy or unknown chart type",
                "choose one of embedstack/assets_lint/charts.py",
            )  # fmt: skip
        if chart["dataset_uuid"] not in assets.dataset_keys:
            yield Refusal(
                file, "dataset-catalog", f"dataset {chart['dataset_uuid']} is not in the catalogue",
                "use one that is, or add it to catalog.yaml",
            )  # fmt: skip
        if chart["uuid"] not in shown:
            yield Refusal(file, "orphan", "no dashboard shows it", "place it on a dashboard, or delete the file")
        yield from _check_dataset(file, chart)
        yield from _check_annotations(file, chart)
        yield from _check_clicks(file, chart)
        if chart["params"].get("matrixify_enable"):
            yield Refusal(
                file, "matrixify", "it draws itself once for each value, by queries that were not recorded",
                "switch Matrixify off in Explore and save it",
            )  # fmt: skip


def _check_dataset(file: str, chart: Document) -> Iterator[Refusal]:
    context = query_context(chart)
    wanted = f"{chart['dataset_uuid']}__table"
    named = [chart["params"].get("datasource", wanted)]
    if context:
        named += [f"{context['datasource']['id']}__{context['datasource']['type']}"]
        named += [context["form_data"].get("datasource", wanted)]
    for other in sorted({str(name) for name in named} - {wanted}):
        yield Refusal(file, "same-dataset", f"it asks {other}, its dataset is {wanted}", RECORD)


def _check_annotations(file: str, chart: Document) -> Iterator[Refusal]:
    queries = query_context(chart).get("queries", [])
    if chart["params"].get("annotation_layers") or any(q.get("annotation_layers") for q in queries):
        yield Refusal(
            file, "annotations", "it has annotation layers, which guests cannot load",
            "take them away in Explore and record it again",
        )  # fmt: skip


def _check_clicks(file: str, chart: Document) -> Iterator[Refusal]:
    # Fixed in Superset after 6.1: https://github.com/apache/superset/issues/41102.
    params = chart["params"]
    if chart["viz_type"].startswith("echarts_timeseries") and params.get("orientation") == "horizontal":
        if not params.get("groupby"):
            yield Refusal(
                file, "clicked-value", "a click on a horizontal bar without a dimension filters by the bar's figure",
                f"make it vertical, or a table; {RECORD}",
            )  # fmt: skip
