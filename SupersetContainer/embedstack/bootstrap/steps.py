"""The bootstrap, in order."""

from embedstack.bootstrap.assets import import_assets
from embedstack.bootstrap.context import Context
from embedstack.bootstrap.database_connection import import_database_connection
from embedstack.bootstrap.embedding import reconcile_embedding
from embedstack.bootstrap.failure import BootstrapFailure
from embedstack.bootstrap.publish import publish_ids
from embedstack.bootstrap.roles import reconcile_roles
from embedstack.bootstrap.runner import Step
from embedstack.bootstrap.self_check import check_as_guest
from embedstack.bootstrap.service_account import reconcile_service_account
from embedstack.bootstrap.superset_app import load_superset, upgrade_metadata
from embedstack.bootstrap.wait import wait_for_servers
from embedstack.catalog import Catalog
from embedstack.configuration.errors import ConfigurationError
from embedstack.configuration.settings import current_settings


def read_configuration(context: Context) -> str:
    """Settings and catalogue."""
    try:
        context.settings = current_settings()
        context.catalog = Catalog.load(context.assets / "catalog.yaml")
    except ConfigurationError as error:
        raise BootstrapFailure(str(error)) from error
    return f"{len(context.catalog.dashboards)} dashboards in the catalogue"


STEPS = (
    Step("configuration", read_configuration, "correct the environment or assets/catalog.yaml"),
    Step("wait for servers", wait_for_servers, "see the logs of postgres, database-setup and redis"),
    Step("load Superset", load_superset, "set up the virtual environment again (./embedstack up)"),
    Step("upgrade", upgrade_metadata, "see the log above; the superset database must be its own"),
    Step("roles", reconcile_roles, "compare embedstack/security/roles.py with this Superset version"),
    Step("service account", reconcile_service_account, "see the log above and run the bootstrap again"),
    Step("database connection", import_database_connection, "see the logs of database-setup"),
    Step("assets", import_assets, "correct the named file under SupersetContainer/assets"),
    Step("embedding", reconcile_embedding, "correct assets/catalog.yaml"),
    Step("publish ids", publish_ids, "correct assets/catalog.yaml; see database-setup for schema shared"),
    Step("self-check", check_as_guest, "see the logs of clinic-data and of this bootstrap"),
)
