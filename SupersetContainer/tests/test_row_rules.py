import dataclasses

import pytest
import sqlglot
from hypothesis import given
from hypothesis import strategies as st
from sqlglot import exp

from embedstack.catalog import Catalog
from embedstack.configuration.errors import ConfigurationError
from embedstack.security.rules.terms import ATTRIBUTES, check_term, quote, render
from embedstack.security.identity import SAFE_VALUE, DataIdentity
from embedstack.security.refusal import TokenRefused
from embedstack.security.rules.of_identity import rules_for
from embedstack.security.rules.digest import rules_sha256

CATALOG = Catalog.load()
MARKS = {"tenant": "TENANT-mark", "staff": "STAFF_mark"}
SPITEFUL = ["' OR 1=1 --", "'; DROP TABLE x; --", "a'--", "/*", "{{ 7 }}", "{staff}", "\\'", "ａ", "a\n"]
SPITEFUL += ["a" * 65, "$$", "%s", ":x", "", "northside' OR tenant_id = 'harbour"]
values = st.one_of(st.sampled_from(SPITEFUL), st.text(max_size=80), st.from_regex(SAFE_VALUE))


def shape(sql: str) -> exp.Expression:
    """The condition with its literals blanked: what it means whatever the values are."""
    tree = sqlglot.parse_one(f"SELECT 1 FROM t WHERE ({sql})", read="postgres")
    return tree.transform(lambda node: exp.Literal.string("?") if isinstance(node, exp.Literal) else node)


def literals(sql: str) -> set[str]:
    tree = sqlglot.parse_one(f"SELECT 1 FROM t WHERE ({sql})", read="postgres")
    return {node.this for node in tree.find_all(exp.Literal) if node.is_string}


@given(tenant=values, role=st.sampled_from(["admin", "clinician", "staff", "network"]), staff=values)
def test_no_value_changes_the_meaning_of_a_rule(tenant, role, staff):
    identity = DataIdentity(tenant, role, staff if role == "clinician" else "")
    marks = DataIdentity(MARKS["tenant"], role, MARKS["staff"] if role == "clinician" else "")
    for key in CATALOG.datasets:
        expected = CATALOG.clause(key, marks)
        try:
            clause = CATALOG.clause(key, identity)
        except ValueError:
            assert not (SAFE_VALUE.match(tenant) and SAFE_VALUE.match(staff))
            continue
        assert (clause is None) == (expected is None)
        if clause is not None:
            swapped = {MARKS["tenant"]: tenant, MARKS["staff"]: staff}
            assert shape(clause) == shape(expected)
            assert literals(clause) == {swapped.get(text, text) for text in literals(expected)}
            assert rules_sha256([{"dataset": 1, "clause": clause}])


@given(values)
def test_only_allow_listed_values_are_quoted(value):
    if SAFE_VALUE.match(value):
        assert literals(f"x = {quote(value)}") == {value}
    else:
        with pytest.raises(ValueError, match="character"):
            quote(value)


@given(values, values, values)
def test_identity_that_parses_can_be_rendered(tenant, role, staff):
    text = "/".join(filter(None, (tenant, role, staff)))
    try:
        identity = DataIdentity.parse(text)
    except TokenRefused:
        return
    assert rules_for(identity, {"appointments": 3})


@given(st.text(max_size=60))
def test_term_that_is_accepted_is_one_condition(text):
    try:
        check_term("any", text)
    except ConfigurationError:
        return
    sql = f"SELECT 1 FROM t WHERE ({render(text, MARKS)}) AND mine"
    where = sqlglot.parse_one(sql, read="postgres").args["where"].this
    assert isinstance(where, exp.And) and where.expression == exp.column("mine")


def test_rules_follow_the_catalogue():
    clinic = {"appointments": 7}
    own = "tenant_id = 'northside'"
    assert rules_for(DataIdentity("northside", "admin"), clinic) == [{"dataset": 7, "clause": own}]
    clause = rules_for(DataIdentity("northside", "clinician", "northside-03"), clinic)[0]["clause"]
    assert clause == (
        f"{own} AND staff_id = 'northside-03' AND patient_id IN (SELECT a.patient_id FROM staff_assignments a "
        f"WHERE a.{own} AND a.staff_id = 'northside-03')"
    )
    assert rules_for(DataIdentity("sydney-network", "network"), clinic) == []


def test_every_role_of_a_dashboard_has_a_rule_for_each_of_its_datasets():
    for dashboard in CATALOG.dashboards:
        for role in dashboard.roles:
            for dataset in dashboard.datasets:
                assert role in CATALOG.datasets[dataset].rows, f"{dashboard.key}, {role}, {dataset}"


def test_a_catalogue_without_a_roles_rows_has_no_clause():
    dataset = CATALOG.datasets["appointments"]
    closed = dataclasses.replace(CATALOG, datasets={"appointments": dataclasses.replace(dataset, rows={})})
    assert closed.clause("appointments", DataIdentity("northside", "admin")) is None


@pytest.mark.parametrize("name", ATTRIBUTES)
def test_term_of_an_attribute_closes_the_dataset_to_those_who_lack_it(name):
    dataset = dataclasses.replace(CATALOG.datasets["appointments"], rows={"admin": ("own_clinic", "narrower")})
    narrower = {**CATALOG.row_terms, "narrower": check_term("narrower", f"{name} = {{{name}}}")}
    catalog = dataclasses.replace(CATALOG, datasets={"appointments": dataset}, row_terms=narrower)
    identity = DataIdentity("northside", "admin")
    assert catalog.clause("appointments", identity) is None
    assert rules_for(identity, {"appointments": 1}, catalog) == []
    clause = f"tenant_id = 'northside' AND {name} = 'north-1'"
    assert catalog.clause("appointments", identity, {name: "north-1"}) == clause
    with pytest.raises(ValueError, match="character"):
        catalog.clause("appointments", identity, {name: "' OR 1=1 --"})


def test_attribute_that_no_term_names_changes_nothing():
    identity = DataIdentity("northside", "admin")
    for key in CATALOG.datasets:
        assert CATALOG.clause(key, identity, {"region": "north"}) == CATALOG.clause(key, identity)
