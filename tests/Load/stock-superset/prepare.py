"""Schema, roles, an account that may mint, and a dashboard to embed: `superset db upgrade` and `init` in one import."""

import os

from flask_migrate import upgrade
from superset.app import create_app


def main() -> None:
    app = create_app()
    with app.app_context():
        upgrade(directory=os.path.join(app.root_path, "migrations"))
        from superset.daos.dashboard import EmbeddedDashboardDAO
        from superset.extensions import appbuilder, db, security_manager
        from superset.models.dashboard import Dashboard

        appbuilder.add_permissions(update_perms=True)
        security_manager.sync_role_definitions()
        security_manager.add_user(
            os.environ["STOCK_USER"],
            "Service",
            "Account",
            "service@localhost",
            security_manager.find_role("Admin"),
            os.environ["STOCK_PASSWORD"],
        )
        dashboard = Dashboard(dashboard_title="Benchmark", published=True)
        db.session.add(dashboard)
        db.session.commit()
        embedded = EmbeddedDashboardDAO.upsert(dashboard, [])
        db.session.commit()
        print(f"embedded {embedded.uuid}", flush=True)


main()
