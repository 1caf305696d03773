"""Steps after a drill's query: what the page needs, and nothing that makes a small answer a large one."""

import pandas
import pytest
from support import page
from support.page import BY_MONTH, CLINICIANS, axis

from embedstack.security.payload.rearranging import MOST_CELLS, check_cells
from embedstack.security.payload.refusal import PayloadRefused
from embedstack.security.payload.wall import check_request

MONTH = axis("starts_at", timeGrain="P1M")
PIVOT = {
    "index": ["starts_at"],
    "columns": ["service_name"],
    "aggregates": {"appointments": {"operator": "mean"}},
    "drop_missing_columns": False,
}


def check(*steps, columns=(MONTH, "service_name"), number=1, stored=BY_MONTH):
    query = {**stored, "columns": list(columns), "series_columns": [], "post_processing": list(steps)}
    request = page.drilled(number, query)
    check_request(request, page.dashboard(), page.DATASET, frozenset(("view", "drill")))


def step(operation, **options):
    return {"operation": operation, "options": options}


@pytest.mark.parametrize(
    "steps",
    [
        [],
        BY_MONTH["post_processing"],
        [step("pivot", **PIVOT), {"operation": "flatten"}],
        [step("pivot", **PIVOT), step("rename", columns={"appointments": None}, level=0, inplace=True), {"operation": "flatten"}],
        [step("pivot", **{**PIVOT, "columns": []}), step("sort", is_sort_index=True, ascending=True), {"operation": "flatten"}],
        [step("pivot", **{**PIVOT, "index": ["starts_at", "service_name"], "columns": [], "drop_missing_columns": True})],
        [step("sort", by="appointments", ascending=False)],
        [step("contribution", columns=["appointments"], rename_columns=["appointments__contribution"])],
        [step("contribution", orientation="row")],
    ],
    ids=str,
)
def test_steps_of_the_page_pass(steps):
    check(*steps)


@pytest.mark.parametrize(
    "changes",
    [
        {"index": ["starts_at", "service_name"], "columns": []},
        {"index": [], "columns": ["starts_at", "service_name"]},
        {"index": ["starts_at", "service_name"], "columns": [], "drop_missing_columns": None},
        {"index": ["starts_at", "service_name"], "columns": [], "drop_missing_columns": "true"},
        {"index": ["starts_at", "starts_at"], "drop_missing_columns": True},
        {"columns": ["starts_at"]},
        {"columns": ["person_id"]},
        {"index": ["person_id"]},
        {"index": [{"a": 1}]},
        {"index": "appointments"},
        {"marginal_distributions": True},
        {"marginal_distribution_name": "x"},
        {"combine_value_with_metric": True},
        {"metric_fill_value": 0},
        {"column_fill_value": "x"},
        {"aggregates": None},
        {"aggregates": []},
        {"aggregates": {"fee_total": {"operator": "mean"}}},
        {"aggregates": {"appointments": {"operator": "percentile", "options": {"q": 1}}}},
        {"aggregates": {"appointments": {"operator": "mean", "column": "service_name"}}},
    ],
    ids=str,
)
def test_pivot_of_ones_own_is_refused(changes):
    with pytest.raises(PayloadRefused):
        check(step("pivot", **{**PIVOT, **changes}))


@pytest.mark.parametrize(
    "steps",
    [
        [step("pivot", **PIVOT), step("pivot", **{**PIVOT, "columns": []})],
        [{"operation": "flatten"}] * 2,
        [*BY_MONTH["post_processing"], *BY_MONTH["post_processing"]],
        [step("sort", by="appointments"), step("sort", by="service_name")],
        [step("sort", by="person_id")],
        [step("sort", by=["appointments", {"x": 1}])],
        [step("sort", by="appointments", kind="heapsort")],
        [step("contribution", columns=["appointments"] * 2, rename_columns=["a", "b"])],
        [step("contribution", columns=["person_id"])],
        [step("contribution", contribution_totals={"appointments": 1})],
        [step("contribution", orientation={"a": 1})],
        [step("rename", columns={"appointments": "anything"})],
        [step("rename", columns={"person_id": None})],
        [step("rename", columns=["appointments"])],
        [step("rename", columns={"appointments": None}, level=1)],
        [step("flatten", drop_levels=[0])],
        [step("cum", operator="sum")],
        [step("resample", rule="1s", method="ffill")],
        [step("prophet", periods=100_000)],
        [step("histogram", column="appointments", bins=10**9)],
        [{"operation": "sort", "options": [1]}],
        [{"operation": "flatten", "more": 1}],
        [{"operation": None}],
        [{"operation": ["flatten"]}],
        [{"options": {}}],
    ],
    ids=str,
)
def test_other_steps_are_refused(steps):
    with pytest.raises(PayloadRefused):
        check(*steps)


@pytest.mark.parametrize(
    "columns",
    [
        ("service_name", "staff_name"),
        (MONTH, "service_name", "staff_name"),
        (MONTH, "outcome", "service_name", "staff_name"),
        (MONTH, "outcome", MONTH, "outcome"),
        (axis("starts_at", timeGrain="P1M'); --"),),
    ],
    ids=str,
)
def test_drill_has_one_column_of_its_own(columns):
    with pytest.raises(PayloadRefused):
        check(columns=columns)


def test_drill_of_a_table_replaces_its_column():
    check(columns=("service_name",), number=4, stored=CLINICIANS)
    check(columns=("staff_name", "service_name"), number=4, stored=CLINICIANS)
    with pytest.raises(PayloadRefused, match="more columns"):
        check(columns=("outcome", "service_name"), number=4, stored=CLINICIANS)


def frame(rows):
    return pandas.DataFrame({"starts_at": range(rows), "service_name": range(rows), "appointments": [1] * rows})


def test_pivot_of_few_groups_is_made_and_of_many_refused():
    side = int(MOST_CELLS**0.5)
    check_cells(frame(side), [step("pivot", **PIVOT)])
    with pytest.raises(PayloadRefused, match="too large"):
        check_cells(frame(side + 1), [step("pivot", **PIVOT)])
    check_cells(frame(side + 1), [step("pivot", **{**PIVOT, "columns": []}), {"operation": "flatten"}])


def test_size_of_a_pivot_counts_every_metric():
    side = int((MOST_CELLS / 2) ** 0.5) + 1
    two = {name: {"operator": "mean"} for name in ("appointments", "no_show_rate")}
    check_cells(frame(side), [step("pivot", **PIVOT)])
    with pytest.raises(PayloadRefused, match="too large"):
        check_cells(frame(side), [step("pivot", **{**PIVOT, "aggregates": two})])
