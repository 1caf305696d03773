"""The reason why a guest's query is not run."""

from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


class PayloadRefused(Exception):
    """Names the part of the request that is not stored; never a value of it, and safe to log."""


def require(condition: object, reason: str) -> None:
    """Raises PayloadRefused with the reason unless the condition holds."""
    if not condition:
        raise PayloadRefused(reason)


def check_any(check: Callable[[T], None], candidates: Iterable[T]) -> None:
    """Passes if the check does for one candidate; else the refusal by the first of them."""
    refusals = []
    for candidate in candidates:
        try:
            return check(candidate)
        except PayloadRefused as refusal:
            refusals.append(refusal)
    raise refusals[0] if refusals else PayloadRefused("nothing is stored to compare with")
