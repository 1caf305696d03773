"""The routes of an embedded page: guests reach no other, whatever their role's permissions open."""

import json
from typing import Any

from flask import Response, after_this_request, request, session
from superset.security import SupersetSecurityManager

from embedstack.security.guest import current_guest
from embedstack.security.language_packs import language_pack

_LANGUAGE_PACK = "Superset.language_pack"
_DATASETS = "DashboardRestApi.get_datasets"
_ROUTES = frozenset(
    (
        "ChartDataRestApi.data",
        "CurrentUserRestApi.get_my_roles",
        "DashboardRestApi.get",
        "DashboardRestApi.get_charts",
        _DATASETS,
        "DatasetRestApi.get_drill_info",
        "Datasource.samples",
        "Api.time_range",
    )
)
# The page itself, its files and its language: nothing in them depends on the guest.
_FOR_EVERYBODY = frozenset(("EmbeddedView.embedded", _LANGUAGE_PACK, "static", "appbuilder.static", None))
# What Superset tells of datasets beyond names, types and formats.
DATABASES_SIDE = frozenset(
    (
        "sql",
        "select_star",
        "perm",
        "schema_perm",
        "params",
        "template_params",
        "fetch_values_predicate",
        "expression",
        "edit_url",
        "default_endpoint",
    )
)


class GuestRoutes(SupersetSecurityManager):
    """404 for guests beyond the embedded page's routes; no SQL in what they read of datasets."""

    @staticmethod
    def before_request() -> Response | None:
        """Flask's hook before each request."""
        SupersetSecurityManager.before_request()
        if request.endpoint == _LANGUAGE_PACK:
            return language_pack(request.view_args["lang"])
        if request.endpoint in _FOR_EVERYBODY or current_guest() is None:
            return None
        if request.endpoint not in _ROUTES:
            return Response(status=404)
        after_this_request(_leave_no_session)
        if request.endpoint == _DATASETS:
            after_this_request(_hide_databases_side)
        return None


def _leave_no_session(response: Response) -> Response:
    # Flask-AppBuilder notes the locale in it: one session in Redis for each request.
    for name in list(session):
        del session[name]
    session.modified = False
    return response


def _hide_databases_side(response: Response) -> Response:
    if response.is_json:
        response.set_data(json.dumps(_hidden(response.get_json())))
    return response


def _hidden(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _hidden(item) for name, item in value.items() if name not in DATABASES_SIDE}
    if isinstance(value, list):
        return [_hidden(item) for item in value]
    return value
