import re
from pathlib import Path

from embedstack.security.roles import ROLE_TIERS, TIER_ROLES

API = Path(__file__).parents[2] / "Api" / "GuestTokens" / "Tiers.cs"


def test_roles_may_what_they_may_by_the_apis_tokens():
    said = re.findall(r"Roles\.(\w+) => \[([\w, ]+)\]", API.read_text(encoding="utf-8"))
    assert {role.lower(): set(tiers.lower().split(", ")) for role, tiers in said} == dict(ROLE_TIERS)


def test_every_tier_is_a_role_of_superset():
    assert set().union(*ROLE_TIERS.values()) <= TIER_ROLES.keys()
