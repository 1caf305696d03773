"""Where a tenant's rows are: shared tables, a schema of its own, or a database of its own."""

import re
from dataclasses import dataclass

STORE_KINDS = frozenset({"shared", "schema", "database"})
# What needs no quotes in Postgres, and cannot end a setting of libpq's `options`.
_IDENTIFIER = re.compile(r"[a-z0-9_]{1,63}\Z")


@dataclass(frozen=True)
class Store:
    """One of the three kinds, with the database and the schema to read; anything else raises ValueError."""

    kind: str
    database: str
    schema: str

    def __post_init__(self) -> None:
        if self.kind not in STORE_KINDS:
            raise ValueError("unknown kind of store")
        for name in (self.database, self.schema):
            if not isinstance(name, str) or not _IDENTIFIER.match(name):
                raise ValueError("store has no usable database and schema")
