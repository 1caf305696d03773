"""The one user with a password: the Api's, which may sign in and mint.

The password itself stays in its file, where the security manager compares it; what Superset stores is no hash of it.
"""

from embedstack.bootstrap.context import Context
from embedstack.bootstrap.failure import BootstrapFailure
from embedstack.security.roles import SERVICE_ROLE


# No hash ends like this: it matches no password.
NO_PASSWORD = "!"


def reconcile_service_account(context: Context) -> str:
    """Creates the account, or corrects its roles and state."""
    from superset import security_manager
    from superset.extensions import db

    username = context.settings.service_account_username
    with context.app.app_context():
        role = security_manager.find_role(SERVICE_ROLE)
        user = security_manager.find_user(username)
        if user is None:
            email = f"{username}@localhost"
            if not security_manager.add_user(username, "EmbedStack", "Api", email, role, hashed_password=NO_PASSWORD):
                raise BootstrapFailure(f"user '{username}' could not be added")
            return f"{username} created"
        changes = []
        if user.password != NO_PASSWORD:
            user.password = NO_PASSWORD
            changes.append("stored password")
        if user.roles != [role] or user.groups:
            user.roles, user.groups = [role], []
            changes.append("roles")
        if not user.active:
            user.active = True
            changes.append("state")
        db.session.commit()
    return f"{username}: {', '.join(changes)} corrected" if changes else f"{username} is as listed"
