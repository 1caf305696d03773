"""Where the tenants' rows stand in a test run."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from support.servers import Servers


def make_stores(servers: "Servers") -> None:
    """Tables of many, a schema of one tenant, a database of another."""
    servers.run_script("clinic", "clinic.sql")
    servers.run_script("clinic", "own_store.sql", STORE="clinic_manly", TENANT="manly")
    servers.run_script("clinic_hurstville", "own_store.sql", STORE="clinic", TENANT="hurstville")
