"""Tells the Api's caches that dashboards, charts or datasets have changed."""

import logging
from typing import Any

from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session, object_session

from embedstack.configuration.connections import PostgresDatabase
from embedstack.shared_database import shared_transaction

logger = logging.getLogger(__name__)

VERSION_NAME = "superset"
_CHANGED = "embedstack_assets_changed"


def raise_data_version(database: PostgresDatabase, name: str = VERSION_NAME) -> None:
    """Counts the version up by one, from whatever it is."""
    with shared_transaction(database) as connection, connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO shared.data_version (name) VALUES (%s) "
            "ON CONFLICT (name) DO UPDATE "
            "SET version = data_version.version + 1, changed_at = now()",
            (name,),
        )


def follow_asset_changes(database: PostgresDatabase, _app: Flask) -> None:
    """Raises the version after each commit that changed an asset; called once per process."""
    from superset.connectors.sqla.models import SqlaTable, SqlMetric, TableColumn
    from superset.extensions import db
    from superset.models.core import Database
    from superset.models.dashboard import Dashboard
    from superset.models.slice import Slice

    for model in (Dashboard, Slice, SqlaTable, TableColumn, SqlMetric, Database):
        event.listen(model, "after_insert", _note_change)
        event.listen(model, "after_update", _note_update)
        event.listen(model, "after_delete", _note_change)

    def after_commit(session: Session) -> None:
        if session.in_nested_transaction() or not session.info.pop(_CHANGED, False):
            return
        try:
            raise_data_version(database)
        except Exception:
            logger.exception("Assets changed, but their version was not raised; caches may be stale")

    event.listen(db.session, "after_commit", after_commit)
    event.listen(db.session, "after_rollback", lambda session: session.info.pop(_CHANGED, None))


def _note_change(_mapper: Any, _connection: Any, target: Any) -> None:
    session = object_session(target)
    if session is not None:
        session.info[_CHANGED] = True


def _note_update(mapper: Any, connection: Any, target: Any) -> None:
    session = object_session(target)
    if session is not None and session.is_modified(target, include_collections=False):
        _note_change(mapper, connection, target)
