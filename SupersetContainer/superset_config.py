"""Loaded by Superset through SUPERSET_CONFIG_PATH; the values are made in the package."""

from embedstack.configuration.errors import or_exit
from embedstack.configuration.settings import current_settings
from embedstack.configuration.superset import superset_configuration

globals().update(superset_configuration(or_exit(current_settings)))
