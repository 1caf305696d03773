"""Roles exactly as listed: missing permissions are added, others taken away, both are logged."""

from embedstack.bootstrap.context import Context
from embedstack.bootstrap.failure import BootstrapFailure
from embedstack.security.roles import ROLE_PERMISSIONS, Permission


def reconcile_roles(context: Context) -> str:
    """Registers Superset's permissions and its own roles, then holds ours to their list."""
    from superset import appbuilder, security_manager
    from superset.extensions import db

    with context.app.app_context():
        appbuilder.add_permissions(update_perms=True)
        security_manager.sync_role_definitions()
        changes = [change for name, permissions in ROLE_PERMISSIONS.items() for change in _reconcile(name, permissions)]
        db.session.commit()
    return ", ".join(changes) or f"{len(ROLE_PERMISSIONS)} roles are as listed"


def _reconcile(name: str, wanted: frozenset[Permission]) -> list[str]:
    from superset import security_manager

    role = security_manager.find_role(name) or security_manager.add_role(name)
    held = {(row.permission.name, row.view_menu.name): row for row in role.permissions}
    for permission in sorted(held.keys() - wanted):
        role.permissions.remove(held[permission])
    for permission in sorted(wanted - held.keys()):
        role.permissions.append(_find(permission))
    return [f"{name} loses {p} on {v}" for p, v in sorted(held.keys() - wanted)] + [
        f"{name} gains {p} on {v}" for p, v in sorted(wanted - held.keys())
    ]


def _find(permission: Permission) -> object:
    from superset import security_manager

    row = security_manager.find_permission_view_menu(*permission)
    if row is None:
        raise BootstrapFailure(f"Superset knows no permission {permission[0]} on {permission[1]}")
    return row
