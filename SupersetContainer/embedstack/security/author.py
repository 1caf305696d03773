"""Who may design dashboards."""

from flask_appbuilder.security.sqla.models import User

from embedstack.security.current import current_user
from embedstack.security.roles import AUTHOR_ROLE


def current_author() -> User | None:
    """The signed-in author that the code at hand works for: in a request, while it streams, or in a task."""
    user = current_user()
    if not isinstance(user, User) or not user.is_active:
        return None
    return user if any(role.name == AUTHOR_ROLE for role in user.roles) else None
