"""Row rules of a guest token, and their fingerprint in the assertion."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from embedstack.security.refusal import TokenRefused

NO_ROWS = "1 = 0"


def rules_sha256(rules: Iterable[Mapping[str, Any]]) -> str:
    """SHA-256 over the sorted lines `<dataset id> TAB <clause>`, in lower-case hex."""
    lines = sorted(_line(rule) for rule in rules)
    return hashlib.sha256(b"".join(lines)).hexdigest()


def _line(rule: Mapping[str, Any]) -> bytes:
    dataset, clause = rule.get("dataset"), rule.get("clause")
    # A rule without a dataset is one for all datasets to Superset: not a promise anyone signed.
    if type(dataset) is not int or not isinstance(clause, str) or not clause.strip():
        raise TokenRefused("a rule lacks its dataset or its clause")
    # A clause of several lines could have the fingerprint of several rules.
    if not clause.isprintable():
        raise TokenRefused("a rule's clause has control characters")
    if set(rule) - {"dataset", "clause"}:
        raise TokenRefused("a rule has keys other than dataset and clause")
    return f"{dataset}\t{clause}\n".encode()
