"""The connection to the clinic database, as the exported asset says."""

from typing import Any

from embedstack.bootstrap.asset_files import load_assets, read_texts
from embedstack.bootstrap.context import Context
from embedstack.bootstrap.failure import BootstrapFailure


def import_database_connection(context: Context) -> str:
    """Imports assets/databases and checks that the role behind it is no way past the policies."""
    from superset.commands.database.importers.v1.utils import import_database
    from superset.extensions import db

    with context.app.app_context():
        names = []
        for config in load_assets(read_texts(context.assets, "databases/"), "databases/").values():
            database = import_database(config, overwrite=True, ignore_permissions=True)
            db.session.commit()
            _check_reader(database)
            names.append(database.database_name)
    return f"{', '.join(names)} answers as a plain reader"


def _check_reader(database: Any) -> None:
    with database.get_sqla_engine() as engine, engine.connect() as connection:
        row = connection.execute(
            "SELECT current_user, rolsuper OR rolbypassrls OR rolcreaterole, "
            "current_setting('transaction_read_only') = 'on' "
            "FROM pg_catalog.pg_roles WHERE rolname = current_user"
        ).one()
    if row[1] or not row[2]:
        raise BootstrapFailure(f"role '{row[0]}' is not a plain reader (superuser, BYPASSRLS, CREATEROLE or read-write)")
