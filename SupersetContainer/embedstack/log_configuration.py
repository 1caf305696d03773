"""Superset's Python logging, without tokens."""

import logging

import flask.config
from superset.utils.logging_configurator import DefaultLoggingConfigurator

from embedstack.redaction import RedactingFormatter


class RedactingLoggingConfigurator(DefaultLoggingConfigurator):
    """Superset's logging with tokens removed from every line."""

    def configure_logging(self, app_config: flask.config.Config, debug_mode: bool) -> None:
        """Puts the formatter on whatever handlers Superset set up."""
        super().configure_logging(app_config, debug_mode)
        for handler in logging.getLogger().handlers:
            handler.setFormatter(RedactingFormatter(app_config["LOG_FORMAT"]))
