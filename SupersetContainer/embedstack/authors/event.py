"""Tells the Api who came in and who reads what, for its audit."""

import json
import logging
from collections.abc import Sequence
from typing import TypeVar

from werkzeug.wrappers import Response

# Only the Api reads it; it goes no further.
HEADER = "X-EmbedStack-Author"

logger = logging.getLogger(__name__)


Answer = TypeVar("Answer", bound=Response)


def tell(
    response: Answer,
    kind: str,
    subject: str | None,
    tenant: str | None = None,
    refusal: str | None = None,
    datasets: Sequence[int] | None = None,
) -> Answer:
    """The response, with what the audit is to say of it."""
    logger.info("Author %s: subject %s, tenant %s, refusal %s", kind, subject, tenant, refusal)
    told: dict[str, object] = {"kind": kind, "subject": subject, "tenant": tenant, "refusal": refusal}
    if datasets is not None:
        told["datasets"] = list(datasets)
    response.headers[HEADER] = json.dumps(told)
    return response
