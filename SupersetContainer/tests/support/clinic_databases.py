"""The product's own schema and policies with a few rows, and copies of it without one wall or the other."""

from collections.abc import Iterable

import psycopg2

from support.servers import REPOSITORY, SQL, Servers

_PREPARED_BY_SUPERUSER = ("DatabaseSetup/Sql/clinic.sql", "DatabaseSetup/Sql/functions.sql")
_TABLES = ("ClinicData/Sql/clinic_tables.sql", "ClinicData/Sql/benchmarks_table.sql")
_WALL = (
    "ClinicData/Sql/clinic_policies.sql",
    "ClinicData/Sql/force_policies.sql",
    "ClinicData/Sql/clinic_views.sql",
    "ClinicData/Sql/clinic_grants.sql",
)
NETWORK = (
    "ClinicData/Sql/network_tables.sql",
    "ClinicData/Sql/benchmarks_table.sql",
    "ClinicData/Sql/network_policies.sql",
    "ClinicData/Sql/force_policies.sql",
    "ClinicData/Sql/network_grants.sql",
)
_PARTITIONS = """
DO $$
DECLARE parent regclass;
BEGIN
    FOR parent IN SELECT oid FROM pg_class WHERE relkind = 'p' LOOP
        EXECUTE format('CREATE TABLE %s_rest PARTITION OF %s DEFAULT', parent, parent);
    END LOOP;
END $$
"""
_NO_POLICIES = """
DO $$
DECLARE relation regclass;
BEGIN
    FOR relation IN SELECT oid FROM pg_class WHERE relrowsecurity LOOP
        EXECUTE format('ALTER TABLE %s DISABLE ROW LEVEL SECURITY', relation);
    END LOOP;
END $$
"""
_ALL_FUNCTIONS = "GRANT EXECUTE ON ALL ROUTINES IN SCHEMA pg_catalog TO clinic_reader"


def make_clinic_databases(servers: Servers) -> None:
    """Database `walls`, and the copies `walls_no_policies`, `walls_all_functions` and `walls_open`."""
    create(servers, "walls")
    run(servers, "walls", texts(_PREPARED_BY_SUPERUSER))
    owner = ["SET ROLE clinic_owner", "SET search_path = clinic"]
    run(servers, "walls", [*owner, *texts(_TABLES), _PARTITIONS])
    run(servers, "walls", ["SET search_path = clinic", (SQL / "walls_rows.sql").read_text(encoding="utf-8")])
    run(servers, "walls", [*owner, *texts(_WALL), "GRANT USAGE ON SCHEMA clinic TO clinic_reader"])
    network = ["CREATE SCHEMA network AUTHORIZATION clinic_owner", "SET ROLE clinic_owner", "SET search_path = network"]
    run(servers, "walls", [*network, *texts(NETWORK), "GRANT USAGE ON SCHEMA network TO clinic_reader"])
    for name, changes in (
        ("walls_no_policies", [_NO_POLICIES]),
        ("walls_all_functions", [_ALL_FUNCTIONS]),
        ("walls_open", [_NO_POLICIES, _ALL_FUNCTIONS]),
    ):
        create(servers, name, template="walls")
        run(servers, name, changes)


def create(servers: Servers, name: str, template: str = "template1") -> None:
    """A database that the reader may connect to."""
    connection = _connect(servers, "postgres")
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} OWNER clinic_owner TEMPLATE {template}")
        cursor.execute(f"GRANT CONNECT ON DATABASE {name} TO clinic_reader")
    connection.close()


def run(servers: Servers, database: str, statements: Iterable[str]) -> None:
    """Statements of the superuser, in one transaction."""
    connection = _connect(servers, database)
    with connection, connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    connection.close()


def texts(names: Iterable[str]) -> list[str]:
    """Files of the repository."""
    return [(REPOSITORY / name).read_text(encoding="utf-8") for name in names]


def _connect(servers: Servers, database: str) -> psycopg2.extensions.connection:
    return psycopg2.connect(host="127.0.0.1", port=servers.postgres_port, user="postgres", dbname=database)
