import json

import pytest

from embedstack.portable.hidden import with_hidden_controls


def chart(viz_type="big_number_total", params=None, form_data=None):
    params = {"metric": "overdue", "subtitle": "due", "metric_name_font_size": 0.15} if params is None else params
    query = {"form_data": params if form_data is None else form_data, "queries": [{"metrics": ["overdue"]}]}
    return {"viz_type": viz_type, "params": params, "query_context": json.dumps(query)}


def test_control_that_the_page_hid_and_left_out_stays_as_the_file_has_it():
    saved = chart(params={"metric": "overdue", "subtitle": "due, all payers", "conditional_formatting": []})

    kept = with_hidden_controls(saved, chart())

    assert kept["params"] == {"metric": "overdue", "subtitle": "due, all payers", "metric_name_font_size": 0.15}
    assert json.loads(kept["query_context"])["form_data"] == kept["params"]
    assert json.loads(kept["query_context"])["queries"] == [{"metrics": ["overdue"]}]


@pytest.mark.parametrize("value", [None, "", [], {}])
def test_control_that_was_emptied_is_an_edit(value):
    params = {"metric": "overdue", "subtitle": value, "metric_name_font_size": 0.15}
    assert with_hidden_controls(chart(params=params), chart())["params"] == params


@pytest.mark.parametrize(
    "before",
    [{}, {**chart(), "query_context": None}, chart(viz_type="pie")],
    ids=["a new chart", "a draft", "another type"],
)
def test_chart_of_which_no_file_tells_is_as_it_was_saved(before):
    saved = chart(params={"metric": "revenue"})
    assert with_hidden_controls(saved, before) == saved


@pytest.mark.parametrize(
    "wrong",
    [
        {"query_context": [1]},
        {"query_context": "[1]"},
        {"query_context": "{"},
        {"query_context": '{"form_data": 1}'},
        {"params": "text"},
    ],
    ids=lambda wrong: str(wrong),
)
def test_file_that_was_broken_by_hand_is_refused(wrong):
    with pytest.raises(ValueError):
        with_hidden_controls(chart(), {**chart(), **wrong})
