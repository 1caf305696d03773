import time

import jwt
import pytest
from support.tokens import DASHBOARD, RULES, body, claims, sign

from embedstack.configuration.secret_file import SecretFile
from embedstack.security.assertion import verify_assertion
from embedstack.security.binding import verify_content
from embedstack.security.identity import DataIdentity
from embedstack.security.mint import MintValidator
from embedstack.security.refusal import TokenRefused
from embedstack.security.store import Store
from embedstack.shared.state import Snapshot
from embedstack.shared.tenants import Tenant

KEY, PREVIOUS, OTHER = "k" * 64, "p" * 64, "x" * 64


class Everyone:
    """A registry in which nothing is revoked."""

    def get(self):
        return Snapshot({"northside": Tenant("northside", "clinic", Store("shared", "clinic", "clinic"))})


@pytest.fixture
def key(tmp_path):
    file = tmp_path / "assertion"
    file.write_text(f"{KEY}\n{PREVIOUS}\n")
    return SecretFile("ASSERTION_KEY_FILE", file)


def test_right_assertion_is_read(key):
    assertion = verify_assertion(sign(KEY), key)
    assert assertion.identity == DataIdentity("northside", "admin")
    assert assertion.session == "session-1"
    assert verify_assertion(sign(KEY, iat=1_700_000_000.25), key).issued_at == 1_700_000_000.25
    assert assertion.dashboards == {DASHBOARD}
    assert (assertion.store.database, assertion.store.schema) == ("clinic", "clinic")


@pytest.mark.parametrize("kind", ["shared", "schema", "database"])
def test_three_kinds_of_store_are_read(key, kind):
    store = {"kind": kind, "database": "clinic_hurstville", "schema": "clinic_manly"}
    assert verify_assertion(sign(KEY, store=store), key).store == Store(**store)


def test_previous_key_is_accepted_and_any_other_refused(key):
    assert verify_assertion(sign(PREVIOUS), key)
    with pytest.raises(TokenRefused, match="another key"):
        verify_assertion(sign(OTHER), key)


@pytest.mark.parametrize("name", list(claims()))
def test_each_claim_is_required(key, name):
    with pytest.raises(TokenRefused):
        verify_assertion(sign(KEY, **{name: None}), key)


@pytest.mark.parametrize(
    "change",
    [
        {"iss": "somebody"},
        {"exp": int(time.time()) - 60},
        {"iat": int(time.time()) + 3600},
        {"iat": str(int(time.time()))},
        {"iat": True},
        {"tier": ["view", "everything"]},
        {"tier": ["table"]},
        {"attributes": ["region"]},
        {"attributes": {"region": ["nsw"]}},
        {"tier": "view"},
        {"store": {"kind": "elsewhere", "database": "clinic", "schema": "clinic"}},
        {"store": {"kind": ["shared"], "database": "clinic", "schema": "clinic"}},
        {"store": {"kind": "schema", "database": "clinic", "schema": "clinic,public"}},
        {"store": {"kind": "schema", "database": "clinic", "schema": "Clinic"}},
        {"store": {"kind": "database", "database": "clinic_hurstville\n", "schema": "clinic"}},
        {"store": {"kind": "database", "database": "c" * 64, "schema": "clinic"}},
        {"store": "clinic"},
        {"store": {"kind": "shared", "database": "clinic -c x=y", "schema": "clinic"}},
        {"store": {"kind": "shared", "database": "clinic"}},
        {"identity": "northside/owner"},
        {"dashboards": []},
        {"dashboards": [1]},
        {"sid": 1},
    ],
)
def test_wrong_claim_is_refused(key, change):
    with pytest.raises(TokenRefused):
        verify_assertion(sign(KEY, **change), key)


@pytest.mark.parametrize("algorithm", ["none", "HS384", "HS512"])
def test_only_hs256_counts(key, algorithm):
    compact = jwt.encode(claims(), None if algorithm == "none" else KEY, algorithm=algorithm)
    with pytest.raises(TokenRefused):
        verify_assertion(compact, key)


def test_token_that_fits_its_assertion_is_minted(key):
    assert MintValidator(key, Everyone())(body(sign(KEY)))


@pytest.mark.parametrize(
    ("part", "name", "value"),
    [
        ("user", "username", "harbour/admin"),
        ("user", "first_name", "harbour"),
        ("user", "last_name", ""),
        ("user", "id", 1),
        ("user", "email", "admin@localhost"),
        ("user", "roles", ["Admin"]),
        ("resources", "id", "5d3c0b1a-8c55-4a5e-9d0e-6f1f1f7d2b11"),
        ("resources", "id", "1"),
        ("resources", "id", DASHBOARD.upper()),
        ("resources", "type", "chart"),
        ("rls", "clause", "tenant_id = 'harbour'"),
        ("rls", "dataset", 8),
    ],
)
def test_token_that_differs_from_its_assertion_is_not_minted(key, part, name, value):
    changed = body(sign(KEY))
    if part == "user":
        changed["user"] = {**changed["user"], name: value}
    else:
        changed[part] = [{**changed[part][0], name: value}]
    assert not MintValidator(key, Everyone())(changed)


@pytest.mark.parametrize("part", ["user", "resources", "rls"])
def test_token_that_lacks_a_part_is_not_minted(key, part):
    assert not MintValidator(key, Everyone())({**body(sign(KEY)), part: [] if part != "user" else None})


def test_refusal_shows_neither_token_nor_clause(key):
    changed = body(sign(OTHER))
    with pytest.raises(TokenRefused) as refusal:
        verify_content(changed["user"], changed["resources"], changed["rls"], key)
    assert RULES[0]["clause"] not in str(refusal.value)
    assert changed["user"]["last_name"] not in str(refusal.value)
