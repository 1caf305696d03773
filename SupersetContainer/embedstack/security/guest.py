"""A guest whose claims have been verified, and how to find the current one."""

from flask import g, has_app_context
from flask_appbuilder.security.sqla.models import Role
from superset.security.guest_token import GuestToken, GuestUser

from embedstack.security.assertion import Assertion


class EmbedGuest(GuestUser):
    """Superset's guest with the verified assertion; only the security manager makes one."""

    def __init__(self, token: GuestToken, roles: list[Role], assertion: Assertion) -> None:
        super().__init__(token=token, roles=roles)
        self.assertion = assertion


def current_guest() -> EmbedGuest | None:
    """The guest that the code at hand works for, also after the request has been answered.

    Code that runs while a response streams has no request, and `g.user` is a proxy that needs one;
    Flask-Login's own attribute still holds the guest there.
    """
    if not has_app_context():
        return None
    user = g.get("_login_user") or g.get("user")
    return user if isinstance(user, EmbedGuest) else None
