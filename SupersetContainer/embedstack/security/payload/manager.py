"""Wall 0 in Superset's security manager."""

import logging
from typing import TYPE_CHECKING, Any, NoReturn

from superset.errors import ErrorLevel, SupersetError, SupersetErrorType
from superset.exceptions import SupersetSecurityException
from superset.security import SupersetSecurityManager

from embedstack.catalog import current_catalog
from embedstack.security.guest import EmbedGuest, current_guest
from embedstack.security.fresh_answers import may_ask_fresh
from embedstack.security.payload.refusal import PayloadRefused, require
from embedstack.security.payload.superset_objects import (
    bound_steps,
    describe,
    describe_dataset,
    load_dashboard,
    narrow_detail,
)
from embedstack.security.payload.wall import check_request

if TYPE_CHECKING:
    from superset.common.query_context import QueryContext
    from superset.models.dashboard import Dashboard

logger = logging.getLogger(__name__)

# What guests have no way to but the ones that this wall closes: other engines, tables, SQL of their own.
_NEVER = ("database", "query", "table", "viz", "sql")


class PayloadWall(SupersetSecurityManager):
    """Guests ask what their dashboard stores.

    Superset 6.1 has such a check, which finds no stored chart for guests and then passes everything.
    """

    def raise_for_access(self, **asked: Any) -> None:
        """Superset's check, and before it, for guests, this wall's."""
        guest = current_guest()
        if guest is not None:
            try:
                self._check_guest(guest, asked)
            except PayloadRefused as refusal:
                _refuse(guest, refusal)
            except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
                # The walls' functions read JSON of any shape; what they stumble over no page has sent.
                _refuse(guest, PayloadRefused(f"the request is malformed ({type(error).__name__})"))
        super().raise_for_access(**asked)

    def _check_guest(self, guest: EmbedGuest, asked: dict[str, Any]) -> None:
        for name in _NEVER:
            require(asked.get(name) is None, f"guests ask no {name}")
        context = asked.get("query_context")
        if context is not None:
            self._check_query_context(guest, context)

    def _check_query_context(self, guest: EmbedGuest, context: "QueryContext") -> None:
        request = describe(context)
        dashboard = self._dashboard(request.form_data.get("dashboardId"))
        dataset = describe_dataset(context.datasource, current_catalog())
        check_request(request, load_dashboard(dashboard), dataset, guest.assertion.tier)
        if request.drills_to_detail:
            narrow_detail(context, dataset.detail_columns)
        if request.is_drilled:
            bound_steps(context)
        if context.force:
            context.force = may_ask_fresh(guest.assertion, request)

    def _dashboard(self, number: object) -> "Dashboard":
        from superset.models.dashboard import Dashboard

        require(type(number) is int, "form_data names no dashboard")
        dashboard = self.session.get(Dashboard, number)
        require(dashboard is not None and self.has_guest_access(dashboard), "the dashboard is not the token's")
        return dashboard


def _refuse(guest: EmbedGuest, refusal: PayloadRefused) -> NoReturn:
    logger.warning("Guest query of %s refused: %s", guest.assertion.identity, refusal)
    raise SupersetSecurityException(
        SupersetError(
            message="This query is not part of the dashboard.",
            error_type=SupersetErrorType.DASHBOARD_SECURITY_ACCESS_ERROR,
            level=ErrorLevel.WARNING,
        )
    )
