"""Takes walls down, one or many, in a bootstrapped Superset and on copies of the clinic database."""

import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import jwt
import pytest

from embedstack.bootstrap.context import Context
from embedstack.security.assertion import Assertion
from embedstack.security.cache_keys import VersionedCacheKeys
from embedstack.security.identity import DataIdentity
from embedstack.security.manager import EmbedSecurityManager
from embedstack.security.roles import TIER_ROLES
from embedstack.security.store import Store
from embedstack.shared.state import SharedState, Snapshot
from embedstack.shared.tenants import Tenant

PAYLOAD = "payload"
IDENTITY = "identity"
RULES = "rules"
POLICIES = "policies"
FUNCTIONS = "functions"
CACHE = "cache"

WALLS: Mapping[str, str] = {
    PAYLOAD: "0 payload",
    IDENTITY: "1 identity",
    RULES: "2 rules",
    POLICIES: "3 policies",
    FUNCTIONS: "3 functions",
    CACHE: "4 cache",
}


class Everything:
    """Contains whatever is asked for."""

    def __contains__(self, _item: object) -> bool:
        return True


def clinic_database(down: Collection[str]) -> str:
    """The copy of the clinic database that lacks these of its walls."""
    if POLICIES in down and FUNCTIONS in down:
        return "walls_open"
    if POLICIES in down:
        return "walls_no_policies"
    return "walls_all_functions" if FUNCTIONS in down else "walls"


@contextmanager
def walls_down(context: Context, down: Collection[str]) -> Iterator[str]:
    """Gives the name of the clinic database to use while these walls are down; caches begin empty."""
    from superset.extensions import cache_manager, feature_flag_manager

    database = clinic_database(down)
    with pytest.MonkeyPatch.context() as patch:
        with context.app.app_context():
            cache_manager.data_cache.clear()
        mutator = context.app.config["DB_CONNECTION_MUTATOR"]
        patch.setattr(mutator, "_reader", replace(mutator._reader, database=database))
        if PAYLOAD in down:
            _open_payload(patch)
        if IDENTITY in down:
            _open_identity(patch)
        if RULES in down:
            target = "embedstack.security.manager.EmbedSecurityManager.get_guest_rls_filters"
            patch.setattr(target, lambda _self, _dataset: [])
        if CACHE in down:
            patch.setitem(feature_flag_manager._feature_flags, "CACHE_QUERY_BY_USER", False)
            patch.setattr(EmbedSecurityManager, "get_rls_cache_key", VersionedCacheKeys.get_rls_cache_key)
        # Which tenants there are, and that their rows are in the copy.
        store = Store("database", database, "clinic")
        tenants = {key: Tenant(key, "clinic", store) for key in ("northside", "harbour")}
        patch.setattr(SharedState, "get", lambda _self: Snapshot(tenants))
        yield database


def _open_payload(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("embedstack.security.payload.manager.PayloadWall._check_guest", lambda *_: None)
    patch.setattr("embedstack.security.guest_routes._ROUTES", Everything())
    patch.setattr("embedstack.security.guest_routes.DATABASES_SIDE", frozenset())


def _open_identity(patch: pytest.MonkeyPatch) -> None:
    def believe(user: Any, resources: Any, rules: Any, key: Any) -> Assertion:
        claims = jwt.decode(user["last_name"], options={"verify_signature": False})
        return Assertion(
            session="any",
            issued_at=time.time(),
            identity=DataIdentity.parse(user["username"]),
            store=Store(**claims["store"]),
            dashboards=frozenset(resource["id"] for resource in resources),
            rules_sha256="",
            tier=frozenset(TIER_ROLES),
        )

    patch.setattr("embedstack.security.manager.verify_content", believe)
    patch.setattr("embedstack.ingress._has_guest_token", lambda _environ: False)
