"""Attacks of superset-6.1's guests and token holders; each tells whether it got what it was after."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from werkzeug.test import TestResponse

from support.guests import Guests
from support.own_dashboard import OwnDashboard
from support.walls import CACHE, FUNCTIONS, IDENTITY, PAYLOAD, POLICIES, RULES

# What tests/sql/walls_rows.sql gives northside; harbour has less.
OWN_ROWS = 60
SAMPLES = "/datasource/samples?datasource_type=table&datasource_id={}&dashboard_id={}&page=1&per_page=50"
PERIOD = {"filters": [{"col": "starts_at", "op": "TEMPORAL_RANGE", "val": "No filter"}]}
NO_RULES: list[dict[str, Any]] = []


@dataclass
class Attacker:
    """An administrator of northside with a browser, and what the attack at hand has stolen."""

    guests: Guests
    dashboard: OwnDashboard
    database: str

    def token(self, identity: str = "northside/admin", **parts: Any) -> str:
        """A guest token as the Api would have it, but for what is asked."""
        store = {"kind": "database", "database": self.database, "schema": "clinic"}
        assertion = {"store": store, **parts.pop("assertion", {})}
        return self.guests.token(identity, assertion=assertion, embedded=self.dashboard.embedded_uuid, **parts)

    def forged(self, identity: str, rule_for: str | None = None) -> str:
        """A token made with a stolen signing secret, without the key of assertions."""
        rules = [self.guests.rule(rule_for)] if rule_for else None
        return self.token(identity, rules=rules, assertion_key="f" * 48)

    def ask(self, query: dict[str, Any], token: str | None = None) -> TestResponse:
        """POST chart/data."""
        return self.guests.post("/api/v1/chart/data", token or self.token(), json=query)

    def total(self, token: str | None = None, **parts: Any) -> int:
        """What the chart that counts rows says; 0 where it says nothing."""
        return _number(self.ask({**self.dashboard.chart("total"), **parts}, token))

    def changed(self, name: str = "clinicians", **parts: Any) -> dict[str, Any]:
        """A chart's request with its query changed."""
        asked = self.dashboard.chart(name)
        asked["queries"][0].update(parts)
        return asked


Deed = Callable[[Attacker], bool]


@dataclass(frozen=True)
class Attack:
    """What it does, and the smallest sets of walls that must all be down for it to succeed."""

    name: str
    deed: Deed
    falls_with: tuple[frozenset[str], ...]


def _number(answer: TestResponse) -> int:
    if answer.status_code != 200:
        return 0
    return int(answer.json["result"][0]["data"][0]["appointments"] or 0)


def _says(answer: TestResponse, text: str) -> bool:
    return answer.status_code == 200 and text in answer.text


def _sql(expression: str, label: str = "leak") -> dict[str, Any]:
    return {"expressionType": "SQL", "sqlExpression": expression, "label": label}


_SECOND = "query_to_xml('select tenant_id, count(*) from clinic.appointment_facts group by 1', true, false, '')::text"
_SECOND_STATEMENT = _sql(f"max({_SECOND})")
_TAKE_OVER = _sql(f"max(case when set_config('app.tenant_id', 'harbour', false) is not null then {_SECOND} end)")


def _without(asked: dict[str, Any], *names: str) -> dict[str, Any]:
    form_data = {name: value for name, value in asked["form_data"].items() if name not in names}
    return {**asked, "form_data": form_data}


def _cached(attacker: Attacker) -> bool:
    other = attacker.token("harbour/admin", rules=NO_RULES)
    attacker.total(other, force=False)
    return attacker.total(attacker.token(rules=NO_RULES), force=False) not in (0, OWN_ROWS)


def _with_authors_cookie(attacker: Attacker) -> bool:
    headers = attacker.guests.headers(attacker.token())
    with attacker.guests.author() as client:
        return client.get("/api/v1/dataset/", headers=headers).status_code == 200


def _beside_requests(attacker: Attacker) -> bool:
    from superset.extensions import db
    from superset.models.core import Database

    with attacker.guests.context.app.app_context():
        frame = db.session.query(Database).one().get_df("SELECT tenant_id FROM clinic.appointment_facts LIMIT 1")
    return not frame.empty


def _colleagues(attacker: Attacker) -> bool:
    guests = attacker.guests
    token = attacker.token("northside/clinician/northside-01", rules=guests.rules("northside/clinician/northside-01"))
    return attacker.total(token) > OWN_ROWS // 4


def _details(attacker: Attacker) -> bool:
    path = SAMPLES.format(attacker.dashboard.dataset, attacker.dashboard.number)
    return _says(attacker.guests.post(path, attacker.token(), json=PERIOD), "patient_id")


def _get(path: str, text: str) -> Deed:
    return lambda a: _says(a.guests.get(path.format(a.dashboard.number), a.token()), text)


def _only(wall: str) -> tuple[frozenset[str], ...]:
    return (frozenset((wall,)),)


def _all_of(*walls: str) -> frozenset[str]:
    return frozenset(walls)


ATTACKS = (
    # What the rules and the policies are for.
    Attack("an ordinary chart shows other clinics", lambda a: a.total() > OWN_ROWS, (_all_of(RULES, POLICIES),)),
    Attack("an ordinary chart shows a colleague's patients", _colleagues, (_all_of(RULES, POLICIES),)),
    Attack("a dataset that no rule names", lambda a: a.total(a.token(rules=NO_RULES)) > 0, _only(RULES)),
    Attack("a connection made for nobody (C4)", _beside_requests, _only(POLICIES)),
    # Stolen secrets and cookies.
    Attack(
        "a stolen signing secret: a token of another clinic (C5)",
        lambda a: a.total(a.forged("harbour/admin")) > 0,
        _only(IDENTITY),
    ),
    Attack(
        "a stolen signing secret: another clinic's rule (C5)",
        lambda a: a.total(a.forged("northside/admin", "harbour")) not in (0, OWN_ROWS),
        (_all_of(IDENTITY, POLICIES),),
    ),
    Attack("an author's cookie beside the token (C9)", _with_authors_cookie, _only(IDENTITY)),
    # Caches.
    Attack(
        "another clinic's cached answer (C3)",
        _cached,
        (_all_of(RULES, CACHE), _all_of(RULES, POLICIES)),
    ),
    # Expressions.
    Attack(
        "set_config and a second statement (C2)",
        lambda a: _says(a.ask(a.changed(metrics=[_TAKE_OVER], orderby=[])), "harbour"),
        (_all_of(PAYLOAD, FUNCTIONS),),
    ),
    Attack(
        "a second statement past the rule (C2)",
        lambda a: _says(a.ask(a.changed(metrics=[_SECOND_STATEMENT], orderby=[])), "harbour"),
        (_all_of(PAYLOAD, POLICIES, FUNCTIONS),),
    ),
    Attack(
        "a metric of one's own (C1)",
        lambda a: _says(a.ask(a.changed(metrics=[_sql("string_agg(patient_id::text, ',')")], orderby=[])), "710000"),
        _only(PAYLOAD),
    ),
    Attack(
        "a column of one's own (C1)",
        lambda a: _says(a.ask(a.changed(columns=["patient_id"])), "710000"),
        _only(PAYLOAD),
    ),
    Attack(
        "a condition of one's own (C1)",
        lambda a: _number(a.ask(a.changed("total", extras={"where": "patient_id = 71000001"}))) == 3,
        _only(PAYLOAD),
    ),
    Attack(
        "a condition on the groups (C1)",
        lambda a: _says(a.ask(a.changed(extras={"having": "max(patient_id) > 71000000"})), "Doctor"),
        _only(PAYLOAD),
    ),
    Attack(
        "a filter on an expression (C1)",
        lambda a: (
            _number(a.ask(a.changed("total", filters=[{"col": _sql("patient_id", "x"), "op": "==", "val": 71000001}]))) == 3
        ),
        _only(PAYLOAD),
    ),
    Attack(
        "an order by an expression (C1)",
        lambda a: _says(a.ask(a.changed(orderby=[[_sql("max(patient_id)"), True]])), "Doctor"),
        _only(PAYLOAD),
    ),
    Attack(
        "samples through chart data (C1)",
        lambda a: _says(
            a.ask({**_without(a.dashboard.chart("total"), "slice_id", "chart_id"), "result_type": "samples"}),
            "patient_id",
        ),
        _only(PAYLOAD),
    ),
    Attack("all columns by drilling to detail (C1)", _details, _only(PAYLOAD)),
    Attack(
        "a query of no chart (C1)",
        lambda a: _says(a.ask(_without(a.changed(columns=["patient_id"]), "slice_id", "chart_id")), "710000"),
        _only(PAYLOAD),
    ),
    Attack(
        "a native filter's values of another column (C1)",
        lambda a: _says(a.ask(_with_columns(a.dashboard.filter_values(), "patient_id")), "710000"),
        _only(PAYLOAD),
    ),
    Attack(
        "a drill by another column than it says (C1)",
        lambda a: _says(a.ask(_with_columns(a.dashboard.drilled("clinicians", "service_name"), "patient_id")), "710000"),
        _only(PAYLOAD),
    ),
    Attack(
        "a cache timeout of one's own (C1)",
        lambda a: _says(a.ask({**a.dashboard.chart("total"), "custom_cache_timeout": -1}), "appointments"),
        _only(PAYLOAD),
    ),
    Attack(
        "more rows than stored (C1)",
        lambda a: _says(a.ask(a.changed(row_limit=50_000)), "Doctor"),
        _only(PAYLOAD),
    ),
    Attack("names of authors (C12)", _get("/api/v1/dashboard/related/owners", "result"), _only(PAYLOAD)),
    Attack("SQL of datasets (C12)", _get("/api/v1/dashboard/{}/datasets", "select_star"), _only(PAYLOAD)),
)


def _with_columns(asked: dict[str, Any], *columns: str) -> dict[str, Any]:
    asked["queries"][0].update(columns=list(columns), orderby=[])
    return asked
