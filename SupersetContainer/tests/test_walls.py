"""Each wall is taken down in turn, and in the combinations that prove which walls stop which attack."""

import os
from itertools import combinations, product

import psycopg2
import pytest
import yaml
from support.attacks import ATTACKS, OWN_ROWS, PERIOD, SAMPLES, Attack, Attacker
from support.clinic_databases import REPOSITORY, make_clinic_databases
from support.own_dashboard import own_dashboard
from support.walls import POLICIES, WALLS, walls_down

from embedstack.bootstrap.context import ASSETS

ALL = frozenset(WALLS)
DATASETS = sorted((ASSETS / "datasets").rglob("*.yaml"))
# Of five patients who are assigned to northside-01, three each.
ASSIGNED_ROWS = 15


@pytest.fixture(scope="module")
def dashboard(bootstrapped, stack):
    make_clinic_databases(stack)
    sql = "SELECT id FROM shared.catalog_ids WHERE kind = 'dataset' AND key = 'appointments'"
    dataset = stack.query("embedstack", sql)[0][0]
    with own_dashboard(bootstrapped, dataset) as own:
        yield own


def succeeds(attack: Attack, guests, dashboard, down) -> bool:
    with walls_down(guests.context, down) as database:
        return attack.deed(Attacker(guests, dashboard, database))


def holding(attack: Attack) -> set[frozenset[str]]:
    """The largest sets of walls whose loss the attack must not survive: one of each breaking set still stands."""
    return {ALL - set(standing) for standing in product(*attack.falls_with)}


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_attack_succeeds_with_exactly_these_walls_down(attack, guests, dashboard):
    assert not succeeds(attack, guests, dashboard, ())
    for down in holding(attack):
        assert not succeeds(attack, guests, dashboard, down), f"succeeds without {sorted(down)}"
    for down in attack.falls_with:
        assert succeeds(attack, guests, dashboard, down), f"does not succeed without {sorted(down)}"
    assert succeeds(attack, guests, dashboard, ALL)


if os.environ.get("EMBEDSTACK_TEST_ALL"):
    # Long: for ./embedstack test leak --all.
    DOWN = [frozenset(down) for count in range(len(WALLS) + 1) for down in combinations(WALLS, count)]

    @pytest.mark.timeout(900)
    @pytest.mark.parametrize("down", DOWN, ids=lambda down: "+".join(sorted(down)) or "none")
    def test_attacks_succeed_in_every_combination_exactly_as_told(down, guests, dashboard):
        told = {attack.name for attack in ATTACKS if any(breaking <= down for breaking in attack.falls_with)}
        assert {attack.name for attack in ATTACKS if succeeds(attack, guests, dashboard, down)} == told


@pytest.mark.parametrize("wall", WALLS)
def test_honest_guests_read_their_own_whatever_wall_is_down(wall, guests, dashboard):
    with walls_down(guests.context, {wall}) as database:
        assert Attacker(guests, dashboard, database).total() == OWN_ROWS


@pytest.mark.parametrize("path", DATASETS, ids=lambda path: path.stem)
def test_reader_may_compute_what_a_dataset_offers(path, dashboard, stack):
    dataset = yaml.safe_load(path.read_text(encoding="utf-8"))
    columns = [column["expression"] or f'"{column["column_name"]}"' for column in dataset["columns"]]
    metrics = [metric["expression"] for metric in dataset["metrics"]]
    login = {**stack.reader, "dbname": "walls", "options": "-c search_path=clinic,network"}
    with psycopg2.connect(**login) as connection, connection.cursor() as cursor:
        for selected in (columns, metrics):
            cursor.execute(f"SELECT {', '.join(selected)} FROM {dataset['table_name']}")
    connection.close()


def test_a_rule_with_a_sub_select_decides_alone_in_every_kind_of_query(guests, dashboard):
    clinician = "northside/clinician/northside-01"
    with walls_down(guests.context, {POLICIES}) as database:
        attacker = Attacker(guests, dashboard, database)
        token = attacker.token(clinician, rules=guests.rules(clinician))
        assert attacker.total(token) == ASSIGNED_ROWS
        details = guests.post(SAMPLES.format(dashboard.dataset, dashboard.number), token, json=PERIOD)
        assert details.json["result"]["total_count"] == len(details.json["result"]["data"]) == ASSIGNED_ROWS
        assert {row["staff_name"] for row in details.json["result"]["data"]} == {"Northside Doctor 1"}
        names = attacker.ask(dashboard.chart("clinicians"), token).json["result"][0]["data"]
        assert [row["staff_name"] for row in names] == ["Northside Doctor 1"]
        values = attacker.ask(dashboard.filter_values(), token).json["result"][0]["data"]
        assert values == [{"service_name": "Visit"}]
        drilled = attacker.ask(dashboard.drilled("clinicians", "service_name"), token).json["result"][0]["data"]
        assert [row["appointments"] for row in drilled] == [ASSIGNED_ROWS]


def table() -> str:
    """The attacks, and what must be down for each."""
    lines = ["| attack | succeeds when |", "| --- | --- |"]
    lines += [f"| {attack.name} | {', or '.join(map(fallen, attack.falls_with))} |" for attack in ATTACKS]
    return "\n".join(lines)


def fallen(down) -> str:
    """One breaking set in words."""
    names = [name for wall, name in WALLS.items() if wall in down]
    return f"{names[0]} is down: it alone stops this" if len(names) == 1 else f"{' and '.join(names)} are down"


def test_the_documentation_shows_this_table():
    print(table())
    assert table() in (REPOSITORY / "docs" / "security-tests.md").read_text(encoding="utf-8")
