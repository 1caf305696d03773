"""A guest whose claims have been verified, and how to find the current one."""

from flask_appbuilder.security.sqla.models import Role
from sqlalchemy.orm import Session
from superset.security.guest_token import GuestToken, GuestUser

from embedstack.security.assertion import Assertion
from embedstack.security.current import current_user
from embedstack.security.roles import TIER_ROLES


class EmbedGuest(GuestUser):
    """Superset's guest with the verified assertion; only the security manager makes one."""

    def __init__(self, token: GuestToken, roles: list[Role], assertion: Assertion) -> None:
        super().__init__(token=token, roles=roles)
        self.assertion = assertion


def current_guest() -> EmbedGuest | None:
    """The guest that the code at hand works for, also after the request has been answered."""
    user = current_user()
    return user if isinstance(user, EmbedGuest) else None


def tier_roles(session: Session, tier: frozenset[str]) -> list[Role]:
    """Superset's roles for what a guest may do."""
    names = [TIER_ROLES[name] for name in tier]
    return session.query(Role).filter(Role.name.in_(names)).all()
