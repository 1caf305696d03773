"""Superset roles of guests and of the service account, by explicit list."""

from collections.abc import Mapping
from types import MappingProxyType

from embedstack.authors.role import AUTHOR_PERMISSIONS

Permission = tuple[str, str]

VIEWER_ROLE = "EmbedViewer"
SERVICE_ROLE = "EmbedServiceAccount"
# Of people who sign in to design dashboards; its holders read by the authors' database role.
AUTHOR_ROLE = "EmbedAuthor"

# Tier of the signed assertion -> Superset role.
TIER_ROLES: Mapping[str, str] = MappingProxyType(
    {
        "view": VIEWER_ROLE,
        "table": "EmbedTable",
        "drill": "EmbedDrill",
        "export": "EmbedExporter",
    }
)

# Role of a data identity -> all that the role may; the Api's Tiers.cs says the same.
ROLE_TIERS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "admin": frozenset({"view", "table", "drill", "export"}),
        "clinician": frozenset({"view", "table", "drill"}),
        "staff": frozenset({"view", "table"}),
        "network": frozenset({"view", "table", "export"}),
    }
)

ROLE_PERMISSIONS: Mapping[str, frozenset[Permission]] = MappingProxyType(
    {
        VIEWER_ROLE: frozenset(
            {
                ("can_read", "Dashboard"),
                ("can_read", "Chart"),
                ("can_read", "CurrentUserRestApi"),
                ("can_time_range", "Api"),
            }
        ),
        "EmbedTable": frozenset({("can_view_chart_as_table", "Dashboard")}),
        "EmbedDrill": frozenset(
            {
                ("can_drill", "Dashboard"),
                ("can_samples", "Datasource"),
                ("can_get_drill_info", "Dataset"),
                # Superset's page shows "drill by" only to holders of this one.
                ("can_write", "ExploreFormDataRestApi"),
            }
        ),
        "EmbedExporter": frozenset({("can_csv", "Superset")}),
        SERVICE_ROLE: frozenset(
            {
                ("can_read", "SecurityRestApi"),
                ("can_grant_guest_token", "SecurityRestApi"),
            }
        ),
        AUTHOR_ROLE: AUTHOR_PERMISSIONS,
        "Public": frozenset(),
    }
)
