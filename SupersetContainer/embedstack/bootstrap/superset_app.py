"""Imports Superset, once, and brings its metadata schema up to date."""

import logging
import warnings
from pathlib import Path

from sqlalchemy.exc import SAWarning

from embedstack.bootstrap.context import Context


def load_superset(context: Context) -> str:
    """Makes the application; about ten seconds, nearly all of it imports."""
    from superset.app import create_app

    context.app = create_app()
    # Thousands of lines about tables and permissions; SQLAlchemy's warnings concern Superset's own code.
    logging.getLogger().setLevel(logging.WARNING)
    warnings.filterwarnings("ignore", category=SAWarning)
    return f"version {context.app.config['VERSION_STRING']}"


def upgrade_metadata(context: Context) -> str:
    """Runs pending migrations, and seeds what Superset keeps in the database from its configuration."""
    import superset
    from flask_migrate import upgrade

    app = context.app
    with app.app_context():
        if app._is_database_up_to_date():
            return "schema is current"
        upgrade(directory=str(Path(superset.__file__).parent / "migrations"))
        app.sync_config_to_db()
    return "schema upgraded"
