"""Term `all_clinics` has no condition: whose clinics they are, the network tenant's own store says, and its policies."""

import psycopg2
import pytest
from support.two_networks import NAMES, make_networks

from embedstack.database.claims import ConnectionClaims
from embedstack.security.identity import DataIdentity
from embedstack.security.rules.of_identity import rules_for
from embedstack.security.store import Store


@pytest.fixture(scope="module")
def database(stack):
    return make_networks(stack)


def clinics(stack, database, tenant, schema, table="network_daily"):
    """Whose rows a network's guest sees with its rule, where the search path leads."""
    identity = DataIdentity(tenant, "network")
    claims = ConnectionClaims.at(identity, Store("schema", database, schema))
    clause = rules_for(identity, {"network_daily": 1})[0]["clause"]
    with psycopg2.connect(**stack.reader, dbname=database, options=claims.options) as connection:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT DISTINCT tenant_id FROM {table} WHERE {clause}")
            found = [name for (name,) in cursor.fetchall()]
    connection.close()
    return found


@pytest.mark.parametrize("name", NAMES)
def test_each_network_sees_its_own_clinics(stack, database, name):
    assert clinics(stack, database, name, f"network_{name}") == [f"{name}-clinic"]


@pytest.mark.parametrize(("name", "other"), [NAMES, NAMES[::-1]])
def test_network_sees_nothing_of_the_other_ones_schema(stack, database, name, other):
    assert clinics(stack, database, name, f"network_{other}") == []
    assert clinics(stack, database, name, f"network_{name}", f"network_{other}.network_daily") == []


def test_clinic_sees_nothing_of_a_network(stack, database):
    assert clinics(stack, database, "one-clinic", "network_one") == []
