"""Embedded UUIDs and allowed domains as the catalogue and the model say."""

from embedstack.bootstrap.context import Context
from embedstack.bootstrap.failure import BootstrapFailure


def reconcile_embedding(context: Context) -> str:
    """One embedding per dashboard, its UUID from the catalogue, framed by the configured origins only."""
    from superset.extensions import db
    from superset.models.dashboard import Dashboard
    from superset.models.embedded_dashboard import EmbeddedDashboard

    domains = ",".join(context.settings.host_origins)
    with context.app.app_context():
        for entry in context.catalog.dashboards:
            dashboard = db.session.query(Dashboard).filter_by(uuid=entry.uuid).one_or_none()
            if dashboard is None:
                raise BootstrapFailure(f"no asset has the UUID of dashboard '{entry.key}'")
            for embedded in list(dashboard.embedded):
                if str(embedded.uuid) != entry.embedded_uuid:
                    db.session.delete(embedded)
            row = db.session.get(EmbeddedDashboard, entry.embedded_uuid) or EmbeddedDashboard(uuid=entry.embedded_uuid)
            row.dashboard_id = dashboard.id
            row.allow_domain_list = domains
            db.session.add(row)
        db.session.commit()
    return f"{len(context.catalog.dashboards)} dashboards for {domains}"
