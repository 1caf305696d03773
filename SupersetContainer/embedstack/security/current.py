"""Whom the code at hand works for."""

from typing import Any

from flask import g, has_app_context


def current_user() -> Any:
    """Whoever the code at hand works for; None where it is nobody.

    Code that runs while a response streams has no request, and `g.user` is a proxy that needs one;
    Flask-Login's own attribute still holds the person there.
    """
    if not has_app_context():
        return None
    return g.get("_login_user") or g.get("user")
