"""Superset's feature flags: what embedding needs on, what guests cannot use safely off."""

FEATURE_FLAGS: dict[str, bool] = {
    "EMBEDDED_SUPERSET": True,
    # Superset's cache key holds rule texts, not identities: without this a hit skips the database wall.
    "CACHE_QUERY_BY_USER": True,
    # Would render guests' filter and rule texts as Jinja.
    "ENABLE_TEMPLATE_PROCESSING": False,
    "ALLOW_ADHOC_SUBQUERY": False,
    "GLOBAL_ASYNC_QUERIES": False,
    "ALERT_REPORTS": False,
    "THUMBNAILS": False,
    "ENABLE_DASHBOARD_SCREENSHOT_ENDPOINTS": False,
    "ENABLE_DASHBOARD_DOWNLOAD_WEBDRIVER_SCREENSHOT": False,
    "DASHBOARD_RBAC": False,
    "ALLOW_FULL_CSV_EXPORT": False,
    # On, the embedded page breaks in browsers that block third-party storage: its store's SQL Lab part
    # expects what it could not read from localStorage.
    "SQLLAB_BACKEND_PERSISTENCE": False,
}
