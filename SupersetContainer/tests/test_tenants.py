import time
from dataclasses import replace

import pytest

from embedstack.security.store import Store
from embedstack.tenants import TenantRegistry, TenantsUnavailable


@pytest.fixture
def registry(bootstrapped):
    return TenantRegistry(bootstrapped.settings.shared_database)


def test_tenant_has_kind_store_and_roles(registry):
    clinic, network = registry.find("manly"), registry.find("sydney-network")
    assert clinic.store == Store("schema", "clinic", "clinic_manly")
    assert clinic.roles == {"admin", "clinician", "staff"}
    assert network.roles == {"network"}
    assert registry.find("nobody") is None


def test_disabled_tenant_is_gone_within_a_second(registry, stack):
    assert registry.find("harbour")
    stack.query("embedstack", "UPDATE shared.tenants SET enabled = false WHERE key = 'harbour'")
    try:
        time.sleep(1.05)
        assert registry.find("harbour") is None
    finally:
        stack.query("embedstack", "UPDATE shared.tenants SET enabled = true WHERE key = 'harbour'")


def test_registry_that_does_not_answer_knows_nobody(bootstrapped):
    registry = TenantRegistry(replace(bootstrapped.settings.shared_database, port=1))
    with pytest.raises(TenantsUnavailable):
        registry.find("northside")


def test_registry_that_hangs_is_given_up(bootstrapped, stack):
    """Another session holds the table: the wait is bounded."""
    import psycopg2

    blocker = psycopg2.connect(host="127.0.0.1", port=stack.postgres_port, user="postgres", dbname="embedstack")
    try:
        blocker.cursor().execute("LOCK TABLE shared.tenants IN ACCESS EXCLUSIVE MODE")
        started = time.monotonic()
        with pytest.raises(TenantsUnavailable):
            TenantRegistry(bootstrapped.settings.shared_database).find("northside")
        assert time.monotonic() - started < 10
    finally:
        blocker.close()
