"""The one user with a password: the Api's, which may sign in and mint."""

from werkzeug.security import check_password_hash, generate_password_hash

from embedstack.bootstrap.context import Context
from embedstack.bootstrap.failure import BootstrapFailure
from embedstack.security.roles import SERVICE_ROLE


def reconcile_service_account(context: Context) -> str:
    """Creates the account, or corrects its password, roles and state."""
    from superset import security_manager
    from superset.extensions import db

    username = context.settings.service_account_username
    password = context.settings.service_account_password.current
    with context.app.app_context():
        role = security_manager.find_role(SERVICE_ROLE)
        user = security_manager.find_user(username)
        if user is None:
            if not security_manager.add_user(
                username, "EmbedStack", "Api", f"{username}@localhost", role, password
            ):
                raise BootstrapFailure(f"user '{username}' could not be added")
            return f"{username} created"
        changes = []
        if not check_password_hash(user.password or "", password):
            user.password = generate_password_hash(password)
            changes.append("password")
        if user.roles != [role] or user.groups:
            user.roles, user.groups = [role], []
            changes.append("roles")
        if not user.active:
            user.active = True
            changes.append("state")
        db.session.commit()
    return f"{username}: {', '.join(changes)} corrected" if changes else f"{username} is as listed"
