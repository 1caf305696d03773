"""Tells the Api who came in, for its audit."""

import json
import logging

from werkzeug.wrappers import Response

# Only the Api reads it; it goes no further.
HEADER = "X-EmbedStack-Author"

logger = logging.getLogger(__name__)


def tell(
    response: Response, kind: str, subject: str | None, tenant: str | None = None, refusal: str | None = None
) -> Response:
    """The response, with what the audit is to say of it."""
    logger.info("Author %s: subject %s, tenant %s, refusal %s", kind, subject, tenant, refusal)
    response.headers[HEADER] = json.dumps(
        {"kind": kind, "subject": subject, "tenant": tenant, "refusal": refusal}
    )
    return response
