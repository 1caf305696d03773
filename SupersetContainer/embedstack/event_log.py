"""Superset's event log: what signed-in users do, without tokens; what guests read is audited elsewhere."""

from datetime import timedelta
from typing import Any

from superset.utils.core import get_user_id
from superset.utils.log import DBEventLogger

from embedstack.redaction import redact, redact_text


class EventLogger(DBEventLogger):
    """Writes no tokens, and no rows for guests.

    Superset writes about six rows, each with its own commit, for one chart read of a guest; what
    guests read is audited in front of Superset.
    """

    def log_with_context(
        self,
        action: str,
        duration: timedelta | None = None,
        object_ref: str | None = None,
        log_to_statsd: bool = True,
        database: Any | None = None,
        **payload_override: Any,
    ) -> None:
        """Collects one event of a signed-in user."""
        if get_user_id() is not None:
            super().log_with_context(action, duration, object_ref, log_to_statsd, database, **payload_override)

    def log(
        self,
        user_id: int | None,
        action: str,
        dashboard_id: int | None,
        duration_ms: int | None,
        slice_id: int | None,
        referrer: str | None,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        """Writes one event's records."""
        kwargs["records"] = redact(kwargs.get("records", []))
        safe_referrer = redact_text(referrer) if referrer else referrer
        super().log(user_id, action, dashboard_id, duration_ms, slice_id, safe_referrer, *args, **kwargs)
