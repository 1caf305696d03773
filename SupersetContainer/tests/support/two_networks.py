"""Two networks in schemas of one database, as the product makes them."""

from support.clinic_databases import NETWORK, create, run, texts
from support.servers import Servers

NAMES = ("one", "two")
_DAY = """
INSERT INTO network_daily SELECT
    date '2026-01-05', 1, 1, 0, 0, 1, 0, 0, 480, 400, 1, 1, 5, 1, 0, 0, 0, 0,
    '{0}-clinic', '{0} clinic', 'nsw', 100, 100, 0
"""


def make_networks(servers: Servers) -> str:
    """The database; schema `network_one` is tenant `one`'s, and has a clinic of its own."""
    create(servers, "networks")
    for name in NAMES:
        schema = f"network_{name}"
        rows = [f"INSERT INTO networks VALUES ('{name}', 'Network {name}')", _DAY.format(name)]
        owner = [f"CREATE SCHEMA {schema} AUTHORIZATION clinic_owner", "SET ROLE clinic_owner", f"SET search_path = {schema}"]
        made = texts(NETWORK)
        run(servers, "networks", [*owner, *made[:2], *rows, *made[2:], f"GRANT USAGE ON SCHEMA {schema} TO clinic_reader"])
    return "networks"
