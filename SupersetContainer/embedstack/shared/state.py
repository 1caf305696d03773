"""What is decided while Superset runs: tenants, revocations, entitlements, at most a second old."""

import logging
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import psycopg2

from embedstack.configuration.connections import PostgresDatabase
from embedstack.shared.entitlements import Entitlements, read_entitlements
from embedstack.shared.recent import Recent
from embedstack.shared.revocations import Revocations, read_revocations
from embedstack.shared.tenants import Tenant, read_tenants
from embedstack.shared.transaction import shared_transaction

logger = logging.getLogger(__name__)

MEMO_SECONDS = 1.0
# How long the last answer holds while the database does not give another.
GRACE_SECONDS = 10.0
_CONNECT_SECONDS = 2
_ANSWER_MILLISECONDS = 2_000


class SharedStateUnavailable(Exception):
    """The database does not answer: nobody is anybody's guest."""


@dataclass(frozen=True)
class Snapshot:
    """One transaction's view."""

    tenants: Mapping[str, Tenant] = field(default_factory=dict)
    revocations: Revocations = Revocations()
    entitlements: Entitlements = Entitlements()
    # In seconds since 1970, before it was read.
    read_at: float = math.inf

    def tenant(self, key: str) -> Tenant | None:
        """The tenant of this key, if it is enabled."""
        found = self.tenants.get(key)
        return found if found is not None and found.enabled else None


class SharedState:
    """Read again each second that somebody asks; the last answer holds for a while without the database."""

    def __init__(self, database: PostgresDatabase, clock: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._snapshot = Recent(self._read, MEMO_SECONDS, GRACE_SECONDS, clock)

    def get(self) -> Snapshot:
        """The state; raises SharedStateUnavailable where it cannot be known."""
        return self._answer(self._snapshot.get)

    def get_after(self, state: Snapshot) -> Snapshot:
        """One that is newer than this, read now unless somebody has."""
        return self._answer(lambda: self._snapshot.get_after(state))

    def _answer(self, read: Callable[[], Snapshot]) -> Snapshot:
        try:
            return read()
        except (psycopg2.Error, ValueError) as error:
            raise SharedStateUnavailable(f"schema shared cannot be read: {type(error).__name__}") from error

    def _read(self) -> Snapshot:
        read_at = time.time()
        try:
            with shared_transaction(self._database, _CONNECT_SECONDS, _ANSWER_MILLISECONDS) as connection:
                with connection.cursor() as cursor:
                    return Snapshot(read_tenants(cursor), read_revocations(cursor), read_entitlements(cursor), read_at)
        except psycopg2.Error as error:
            logger.warning("Schema shared cannot be read: %s", type(error).__name__)
            raise


@lru_cache(maxsize=1)
def shared_state(database: PostgresDatabase) -> SharedState:
    """This process' one."""
    return SharedState(database)
