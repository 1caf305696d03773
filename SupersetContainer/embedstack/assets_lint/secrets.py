"""Secrets in assets: an author can write them into any text, and what is committed stays readable for ever."""

import re
from collections.abc import Iterator
from typing import Any

from embedstack.assets_lint.assets import Assets, query_context
from embedstack.assets_lint.refusal import Refusal

_TEXTS = {
    "an address with a password": re.compile(r"[a-z][a-z0-9+.-]*://[^\s/@:\"']*:[^\s/@\"']+@", re.IGNORECASE),
    "a signed token": re.compile(r"\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*"),
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "an access key": re.compile(
        r"\b(?:AKIA[0-9A-Z]{16}|gh[pousr]_\w{30,}|github_pat_\w{30,}|xox[abprs]-[\w-]{10,}|[sr]k_live_\w{16,}"
        r"|AIza[\w-]{35})"
    ),
    "a password": re.compile(
        r"\b(?:(?:password|passwd|pwd|secret|api_?key)\b\"?\s*[:=]|bearer\b\"?\s*[:= ])\s*\"?[^\s\"',;]{8,}",
        re.IGNORECASE,
    ),
}
_NAMES = re.compile(
    r"(?:^|_)(?:password|passwd|secret|token|api_?key|credentials?|sqlalchemy_uri|encrypted_extra)\Z", re.IGNORECASE
)


def check_secrets(assets: Assets) -> Iterator[Refusal]:
    """By the form of a text, and by the name of what holds it; the refusal never repeats it."""
    for kind in (assets.datasets, assets.charts, assets.dashboards):
        for file, document in kind.items():
            found = {(what, place) for place, what in _found({**document, "query_context": query_context(document)})}
            for what, place in sorted(found):
                yield Refusal(
                    file, "secret", f"{place} holds {what}",
                    "take it out in Superset, and make a new one: it was stored there",
                )  # fmt: skip


def _found(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _found(item, f"{place}.{name}" if place else str(name))
            yield from ((place or "the file", f"{what} as a name") for what in _kinds(str(name)))
    elif isinstance(value, list):
        for item in value:
            yield from _found(item, place)
    elif isinstance(value, str):
        yield from ((place, what) for what in _kinds(value))
        if value and _NAMES.search(place.rpartition(".")[2]):
            yield place, "a secret by its name"


def _kinds(text: str) -> Iterator[str]:
    return (what for what, form in _TEXTS.items() if form.search(text))
