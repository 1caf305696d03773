"""Metadata as the release before left them."""

from support.servers import Servers

# The last migration of Superset 6.0.
PREVIOUS = "c233f5365c9e"
DOWNGRADE = ("superset", "db", "downgrade", PREVIOUS)

_KEPT = {
    "superset": (
        "SELECT uuid::text, id FROM dashboards ORDER BY 1",
        "SELECT uuid::text, id, params, query_context FROM slices ORDER BY 1",
        "SELECT uuid::text, allow_domain_list FROM embedded_dashboards ORDER BY 1",
        "SELECT username, password FROM ab_user ORDER BY 1",
    ),
    "embedstack": ("SELECT kind, key, id, uuid::text FROM shared.catalog_ids ORDER BY 1, 2",),
}


def migration(stack: Servers) -> str:
    """The last migration that the metadata have."""
    return stack.query("superset", "SELECT version_num FROM alembic_version")[0][0]


def kept(stack: Servers) -> list[list[tuple]]:
    """What nobody wants to lose by an upgrade: numbers, dashboards, who may frame them, accounts."""
    return [stack.query(database, sql) for database, questions in _KEPT.items() for sql in questions]
