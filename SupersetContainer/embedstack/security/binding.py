"""Holds a guest token's content against the assertion that it carries."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from embedstack.configuration.secret_file import SecretFile
from embedstack.security.assertion import Assertion, verify_assertion
from embedstack.security.identity import DataIdentity
from embedstack.security.refusal import TokenRefused
from embedstack.security.rules.digest import rules_sha256


_USER = frozenset(("username", "first_name", "last_name"))


def verify_content(
    user: Mapping[str, Any],
    resources: Sequence[Mapping[str, Any]],
    rules: Sequence[Mapping[str, Any]],
    key: SecretFile,
) -> Assertion:
    """The verified assertion in `user.last_name`, if identity, dashboards and rules are what it says."""
    _check_shape(user, resources, rules)
    assertion = verify_assertion(str(user.get("last_name", "")), key)
    if DataIdentity.parse(str(user.get("username", ""))) != assertion.identity:
        raise TokenRefused("username is not the asserted identity")
    if user.get("first_name") != assertion.identity.tenant:
        raise TokenRefused("first name is not the asserted tenant")
    if dashboard_uuids(resources) != assertion.dashboards:
        raise TokenRefused("dashboards are not the asserted ones")
    if rules_sha256(rules) != assertion.rules_sha256:
        raise TokenRefused("rules are not the asserted ones")
    return assertion


def _check_shape(user: Any, resources: Any, rules: Any) -> None:
    if not isinstance(user, Mapping):
        raise TokenRefused("user is no object")
    if not _USER.issuperset(user):
        raise TokenRefused("more is said of the user than was asserted")
    for name, entries in (("resources", resources), ("rules", rules)):
        if not isinstance(entries, list) or not all(isinstance(e, Mapping) for e in entries):
            raise TokenRefused(f"{name} are no list of objects")


def dashboard_uuids(resources: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    """Embedded UUIDs of the resources; Superset alone also takes a dashboard's number."""
    found = frozenset(_dashboard_uuid(resource) for resource in resources)
    if not found:
        raise TokenRefused("no dashboard is named")
    return found


def _dashboard_uuid(resource: Mapping[str, Any]) -> str:
    text = resource.get("id")
    if resource.get("type") != "dashboard" or not isinstance(text, str):
        raise TokenRefused("a resource is not a dashboard with a UUID")
    try:
        canonical = str(uuid.UUID(text))
    except ValueError as error:
        raise TokenRefused("a resource is not a dashboard with a UUID") from error
    if canonical != text:
        raise TokenRefused("a dashboard's UUID is not in canonical form")
    return canonical
