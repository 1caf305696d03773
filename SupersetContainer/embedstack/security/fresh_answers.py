"""How often a guest's page may ask past the cache."""

import hashlib
import logging

from redis import RedisError

from embedstack.security.assertion import Assertion
from embedstack.security.payload.request import Request

logger = logging.getLogger(__name__)

# Between two fresh answers to one question of one data identity.
SECONDS = 10


def may_ask_fresh(assertion: Assertion, request: Request) -> bool:
    """Whether nobody of the same data identity has asked the same afresh a moment ago, through any worker."""
    from superset.extensions import cache_manager

    whose = f"{assertion.identity}\n{assertion.rules_sha256}\n{request.subject}"
    key = f"fresh:{hashlib.sha256(whose.encode()).hexdigest()}"
    try:
        return bool(cache_manager.data_cache.add(key, 1, timeout=SECONDS))
    except RedisError as error:
        logger.warning("The cache does not answer (%s); nothing is asked afresh", type(error).__name__)
        return False
