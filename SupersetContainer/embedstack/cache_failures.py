"""Superset without its caches: away, and not broken."""

import logging
from http import HTTPStatus

from flask import Flask, Response
from redis.exceptions import RedisError

from embedstack.security.problems import problem

logger = logging.getLogger(__name__)


def tell_cache_failures(app: Flask) -> None:
    """Answers 503 where Redis is away; Superset alone makes a 500 of it, with a stack in the log for each question."""
    app.register_error_handler(RedisError, _unavailable)


def _unavailable(error: RedisError) -> Response:
    logger.warning("Not answered, the caches are away: %s", type(error).__name__)
    return problem(HTTPStatus.SERVICE_UNAVAILABLE)
