"""An author's account in Superset: made at sign-in, never by hand, and without a password."""

from collections.abc import Mapping
from typing import Any

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import insert, literal, select

from embedstack.security.roles import AUTHOR_ROLE

# The client role in Keycloak.
_ROLE = "author"
# No text has this hash.
_NO_PASSWORD = "!"


def may_author(claims: Mapping[str, Any]) -> bool:
    """Whether Keycloak says that the person makes dashboards."""
    roles = claims.get("role")
    return isinstance(roles, list) and _ROLE in roles


def account_of(claims: Mapping[str, Any]) -> User | None:
    """The person's account, brought to what Keycloak says; None for one that was closed in Superset.

    It goes by Keycloak's own id: a name can be given to somebody else, and could be the service account's.
    """
    from superset import security_manager
    from superset.extensions import db

    username = f"keycloak:{claims['sub']}"
    first, last = str(claims.get("given_name") or "Author"), str(claims.get("family_name") or "")
    role = security_manager.find_role(AUTHOR_ROLE)
    user = security_manager.find_user(username=username)
    if user is None:
        # Addresses change hands; Superset wants one that nobody else has.
        user = security_manager.add_user(
            username, first, last, f"{claims['sub']}@keycloak.invalid", role, hashed_password=_NO_PASSWORD
        )
    if not user or not user.is_active:
        return None
    user.first_name, user.last_name, user.roles, user.groups = first, last, [role], []
    _own_everything(user)
    db.session.commit()
    return user


def _own_everything(user: User) -> None:
    """Makes the author an owner of all charts and dashboards: Superset lets owners alone save over one."""
    from superset.extensions import db
    from superset.models.dashboard import Dashboard, dashboard_user
    from superset.models.slice import Slice, slice_user

    for model, owners, key in ((Slice, slice_user, "slice_id"), (Dashboard, dashboard_user, "dashboard_id")):
        owned = select(owners.c[key]).where(owners.c.user_id == user.id)
        missing = select(literal(user.id), model.id).where(model.id.not_in(owned))
        db.session.execute(insert(owners).from_select(["user_id", key], missing))
