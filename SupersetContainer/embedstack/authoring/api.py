"""The routes under /api/v1/authoring/; imported once Superset is there."""

from typing import Any
from uuid import UUID

from flask import request
from flask_appbuilder.api import BaseApi, expose, protect, safe
from superset.extensions import db, security_manager
from superset.models.dashboard import Dashboard
from superset.utils.core import get_user_id, override_user
from yaml import YAMLError

from embedstack.bootstrap.assets import KINDS, import_drafts
from embedstack.bootstrap.failure import BootstrapFailure
from embedstack.portable.dashboard import chart_places
from embedstack.portable.export import ExportError, export_dashboard

Answer = Any


class AuthoringApi(BaseApi):
    """Takes assets in exported form, drafts too, and writes them as they come out of Superset."""

    resource_name = "authoring"
    class_permission_name = "Authoring"
    method_permission_name = {"replace": "write", "charts": "read", "export": "read"}
    allow_browser_login = True
    # The framework's own APIs ask no token against forged requests unless they are told to.
    csrf_exempt = False

    @expose("/assets", methods=("POST",))
    @protect()
    @safe
    def replace(self) -> Answer:
        """Imports the charts and dashboards of `files`, texts by name; the caller comes to own them.

        Datasets are the repository's: they are compared, not changed.
        """
        files = (request.get_json(silent=True) or {}).get("files")
        if not isinstance(files, dict) or not all(
            isinstance(text, str) and name.startswith(KINDS) for name, text in files.items()
        ):
            return self.response_400(message=f"files are texts by name, under {', '.join(KINDS)}")
        author = security_manager.get_user_by_id(get_user_id())
        try:
            # Superset's importers would let an author overwrite own assets only.
            with override_user(None):
                said = import_drafts(files)
        except BootstrapFailure as failure:
            db.session.rollback()
            return self.response_422(message=str(failure))
        for dashboard in db.session.query(Dashboard).all():
            # The page offers to save over a chart to its owners alone.
            for owned in (dashboard, *dashboard.slices):
                if author not in owned.owners:
                    owned.owners.append(author)
        db.session.commit()
        return self.response(200, result=said)

    @expose("/dashboards/<uuid:uuid>", methods=("GET",))
    @protect()
    @safe
    def charts(self, uuid: UUID) -> Answer:
        """The dashboard's charts as the layout has them: number, UUID and title."""
        stored = db.session.query(Dashboard).filter_by(uuid=uuid).one_or_none()
        if stored is None:
            return self.response_404()
        by_uuid = {str(chart.uuid): chart for chart in stored.slices}
        placed = [by_uuid[place["uuid"]] for place in chart_places(stored.position) if place["uuid"] in by_uuid]
        charts = [{"id": chart.id, "uuid": str(chart.uuid), "title": chart.slice_name} for chart in placed]
        return self.response(200, result=charts)

    @expose("/dashboards/<uuid:uuid>/assets", methods=("GET", "POST"))
    @protect()
    @safe
    def export(self, uuid: UUID) -> Answer:
        """Texts of the dashboard, its charts and their datasets, by UUID; held against the charts' files of before, if they are sent."""
        before = (request.get_json(silent=True) or {}).get("before", [])
        if not isinstance(before, list) or not all(isinstance(text, str) for text in before):
            return self.response_400(message="before is a list of texts")
        try:
            return self.response(200, result=export_dashboard(str(uuid), before))
        except (ExportError, YAMLError, ValueError) as error:
            return self.response_422(message=str(error))
