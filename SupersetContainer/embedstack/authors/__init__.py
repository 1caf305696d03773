"""Those who make dashboards: they sign in to Superset itself, by Keycloak."""
