"""The part of Superset's security manager that decides who signs in, and how."""

import hmac
from typing import Any

from flask import Flask
from flask_appbuilder.security.sqla.models import User
from flask_login import LoginManager
from superset.security import SupersetSecurityManager

from embedstack.authors.session import is_open
from embedstack.authors.views import AuthorSignInView
from embedstack.configuration.settings import current_settings
from embedstack.security.author import current_author


class AuthorSignIns(SupersetSecurityManager):
    """Authors come by Keycloak; a password is the service account's alone, and opens no session."""

    # Superset's own page would list a form and providers.
    register_superset_auth_view = False
    register_superset_registeruser_view = False
    authoauthview = AuthorSignInView

    def create_login_manager(self, app: Flask) -> LoginManager:
        """Sessions count while they are open; tokens are looked up as ever."""
        manager = super().create_login_manager(app)
        manager.user_loader(self.load_session_user)
        return manager

    def load_session_user(self, key: int) -> User | None:
        """The person of a session."""
        return self.load_user(key) if is_open() else None

    def auth_user_db(self, username: str, password: str) -> Any:
        """Checks a password; of all accounts only the service account has one.

        It is compared with the file, so that it rotates like the other secrets: the one before it is
        accepted as well, and no stored copy has to change at the same moment.
        """
        settings = current_settings()
        if username != settings.service_account_username:
            return None
        account = self.find_user(username=username)
        given = str(password or "").encode()
        known = any(hmac.compare_digest(given, value.encode()) for value in settings.service_account_password.values)
        if account is None or not account.is_active:
            return None
        self.update_user_auth_stat(account, known)
        return account if known else None

    def get_rls_cache_key(self, datasource: Any) -> list[str]:
        """An author's answers are those of the configured tenant: kept ones must not outlive its change."""
        key = super().get_rls_cache_key(datasource)
        authors = current_settings().authors
        return key if authors is None or current_author() is None else [*key, f"author of {authors.tenant}"]
