"""Where the tenants' rows stand in a test run."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from support.servers import Servers

SQL = Path(__file__).parents[3] / "CustomerData" / "Sql"


def make_stores(servers: "Servers") -> None:
    """The product's own tables, rows and walls, by the files that the loader runs."""
    begin = "CREATE SCHEMA customer AUTHORIZATION customer_owner; SET ROLE customer_owner; SET search_path = customer;"
    files = [(SQL / name).read_text(encoding="utf-8") for name in ("bookkeeping.sql", "tables.sql", "seed.sql", "walls.sql")]
    servers.query("customer", "\n".join([begin, *files]), None)
