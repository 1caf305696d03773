"""What an author may do in Superset: Explore, charts, dashboards, and looking at datasets."""

AUTHOR_PERMISSIONS = frozenset(
    {
        # Rows are the database role's business: it has one tenant's claims.
        ("all_datasource_access", "all_datasource_access"),
        ("can_read", "CurrentUserRestApi"),
        ("can_read", "SecurityRestApi"),
        ("can_get", "MenuApi"),
        ("can_log", "Superset"),
        ("can_language_pack", "Superset"),
        ("can_recent_activity", "Log"),
        ("menu_access", "Home"),
        # Dashboards.
        ("menu_access", "Dashboards"),
        ("can_read", "Dashboard"),
        ("can_write", "Dashboard"),
        ("can_export", "Dashboard"),
        ("can_dashboard", "Superset"),
        ("can_put_chart_customizations", "Dashboard"),
        ("can_read", "DashboardFilterStateRestApi"),
        ("can_write", "DashboardFilterStateRestApi"),
        ("can_read", "CssTemplate"),
        ("can_read", "Theme"),
        ("can_drill", "Dashboard"),
        ("can_view_chart_as_table", "Dashboard"),
        ("can_view_query", "Dashboard"),
        # What `./embedstack dashboard` asks.
        ("can_read", "Authoring"),
        ("can_write", "Authoring"),
        # Charts, in Explore.
        ("menu_access", "Charts"),
        ("can_read", "Chart"),
        ("can_write", "Chart"),
        ("can_export", "Chart"),
        ("can_csv", "Superset"),
        ("can_explore", "Superset"),
        ("can_slice", "Superset"),
        ("can_read", "Explore"),
        ("can_read", "ExploreFormDataRestApi"),
        ("can_write", "ExploreFormDataRestApi"),
        ("can_time_range", "Api"),
        # Datasets: looked at, never changed; they are the repository's.
        ("menu_access", "Datasets"),
        ("can_read", "Dataset"),
        ("can_export", "Dataset"),
        ("can_get_drill_info", "Dataset"),
        ("can_get", "Datasource"),
        ("can_fetch_datasource_metadata", "Superset"),
        ("can_samples", "Datasource"),
        ("can_get_column_values", "Datasource"),
        ("can_validate_expression", "Datasource"),
    }
)
