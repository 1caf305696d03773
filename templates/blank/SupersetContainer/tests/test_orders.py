"""Superset itself, bootstrapped on the product's own table: whose rows a guest is answered."""

import pytest
from support.guests import Guests

from embedstack.security.identity import DataIdentity
from embedstack.security.rules.of_identity import rules_for

TENANTS = ("northside", "harbour")


class OrdersGuests(Guests):
    """Guests of dashboard `orders`."""

    dashboard_key = "orders"
    dataset_key = "orders"

    def rules_of(self, identity):
        return rules_for(DataIdentity.parse(identity), {"orders": self.dataset_id})

    def total(self, identity, rules=None):
        token = self.token(identity, rules=self.rules_of(identity) if rules is None else rules)
        return self.chart("orders_total", token, force=True)


@pytest.fixture
def orders(bootstrapped, stack):
    return OrdersGuests(bootstrapped, stack)


def counted(answer):
    assert answer.status_code == 200, answer.text
    return answer.json["result"][0]["data"][0]["orders"]


def assert_nothing(answer):
    """Refused, or none: a failure is neither."""
    assert answer.status_code in (200, 401, 403), answer.text
    if answer.status_code == 200:
        assert counted(answer) == 0


def owned(stack, tenant):
    return stack.query("customer", "SELECT count(*) FROM customer.orders WHERE tenant_id = %s", (tenant,))[0][0]


@pytest.mark.parametrize("role", ["admin", "staff"])
@pytest.mark.parametrize("tenant", TENANTS)
def test_guest_is_answered_the_own_tenants_rows(orders, stack, tenant, role):
    assert counted(orders.total(f"{tenant}/{role}")) == owned(stack, tenant) > 0


def test_token_without_its_rule_is_answered_nothing(orders):
    assert_nothing(orders.total("northside/admin", []))


def test_rule_of_another_tenant_opens_nothing(orders):
    """The rule lies, the claims on the connection do not."""
    assert_nothing(orders.total("northside/admin", orders.rules_of("harbour/admin")))


def test_other_roles_have_no_rule(orders):
    assert orders.rules_of("northside/member/northside-01") == orders.rules_of("head-office/network") == []


def test_question_that_no_chart_asks_is_refused(orders):
    token = orders.token("northside/admin", rules=orders.rules_of("northside/admin"))
    query = orders.stored_query("orders_total")["queries"][0]
    forged = query | {"filters": [{"col": "tenant_id", "op": "==", "val": "harbour"}]}
    assert orders.chart("orders_total", token, queries=[forged]).status_code == 403
