"""Schema, roles, an account that may mint, and a dashboard to embed: `superset db upgrade` and `init` in one import."""

import os
import sys
from pathlib import Path
from uuid import UUID

from flask_migrate import upgrade
from superset.app import create_app


def clinic_dashboard():
    """The clinics' dashboards, by the code that imports them into our Superset."""
    import yaml
    from superset.extensions import db
    from superset.models.core import Database
    from superset.models.dashboard import Dashboard

    package = Path(os.environ["STOCK_PACKAGE"])
    sys.path.insert(0, str(package))
    from embedstack.bootstrap.asset_files import read_texts
    from embedstack.bootstrap.assets import KINDS, import_texts

    assets = package / "assets"
    connection = yaml.safe_load((assets / "databases" / "clinic.yaml").read_text())
    database = Database(database_name="clinic", uuid=UUID(connection["uuid"]), expose_in_sqllab=False)
    database.set_sqlalchemy_uri(os.environ["STOCK_CLINIC"])
    db.session.add(database)
    db.session.commit()
    import_texts(read_texts(assets, *KINDS), accept_drafts=False)
    catalog = yaml.safe_load((assets / "catalog.yaml").read_text())
    wanted = next(entry["uuid"] for entry in catalog["dashboards"] if entry["key"] == "clinic")
    dashboard = db.session.query(Dashboard).filter_by(uuid=UUID(wanted)).one()
    dashboard.published = True
    db.session.commit()
    return dashboard


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
        if "STOCK_CLINIC" in os.environ:
            dashboard = clinic_dashboard()
        else:
            dashboard = Dashboard(dashboard_title="Benchmark", published=True)
            db.session.add(dashboard)
            db.session.commit()
        embedded = EmbeddedDashboardDAO.upsert(dashboard, [])
        db.session.commit()
        print(f"embedded {embedded.uuid}", flush=True)


main()
