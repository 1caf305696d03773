"""Counters of change: every cached answer follows them, Superset's own and the Api's."""

import logging
import uuid
from typing import Any

import psycopg2
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session, object_session

from embedstack.configuration.connections import PostgresDatabase
from embedstack.shared.recent import Recent
from embedstack.shared.transaction import shared_transaction

logger = logging.getLogger(__name__)

# Dashboards, charts and datasets; raised here.
VERSION_NAME = "superset"
# The clinics' rows; raised by whatever loads or erases some.
_DATA_VERSION_NAME = "clinic"
_CONNECT_SECONDS = 2
_ANSWER_MILLISECONDS = 2_000
_CHANGED = "embedstack_assets_changed"


class DataVersion:
    """What an answer depends on besides its question, at most a second old."""

    def __init__(self, database: PostgresDatabase) -> None:
        self._database = database
        self._text = Recent(self._read)

    @property
    def text(self) -> str:
        """Differs after each change; one of its own, which no answer was stored under, where it cannot be read."""
        return self._text.get()

    def _read(self) -> str:
        try:
            with shared_transaction(self._database, _CONNECT_SECONDS, _ANSWER_MILLISECONDS) as connection:
                with connection.cursor() as cursor:
                    cursor.execute(
                        "SELECT string_agg(name || '=' || version, ' ' ORDER BY name) FROM shared.data_version WHERE name IN %s",
                        ((VERSION_NAME, _DATA_VERSION_NAME),),
                    )
                    return str(cursor.fetchone()[0])
        except psycopg2.Error:
            logger.exception("The data version cannot be read; nothing is answered from the cache")
            return f"unread {uuid.uuid4()}"


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
