"""Sign-in and sign-out of authors."""

import logging
from typing import Any

from flask import abort, g, redirect, request, session
from flask_appbuilder import expose
from flask_appbuilder.security.decorators import no_cache
from flask_appbuilder.security.views import AuthView
from werkzeug.wrappers import Response

from embedstack.authors import pages
from embedstack.authors.account import account_of, may_author
from embedstack.authors.event import tell
from embedstack.authors.keycloak import Keycloak, SignInFailed
from embedstack.authors.return_address import START, return_path
from embedstack.authors.session import close_session, open_session, remember_refused
from embedstack.configuration.author_sign_in import AuthorSignIn
from embedstack.configuration.settings import current_settings

logger = logging.getLogger(__name__)

_NEXT = "author_next"


class AuthorSignInView(AuthView):
    """Keycloak's sign-in in place of Superset's form."""

    @expose("/login/", methods=["GET"])
    @no_cache
    def login(self) -> Response:
        """Sends the browser to Keycloak."""
        settings = _settings()
        if g.user is not None and g.user.is_authenticated:
            # Superset sends here who may not see a page, too: back to it would be round and round.
            return redirect(START)
        session[_NEXT] = return_path(request.args.get("next"), settings.origin)
        return Keycloak(settings).start()

    @expose("/oauth-authorized/keycloak", methods=["GET"])
    @no_cache
    def authorized(self) -> Response:
        """Takes the answer from Keycloak."""
        try:
            token = Keycloak(_settings()).finish()
        except SignInFailed as failure:
            logger.warning("Author's sign-in failed: %s", failure)
            close_session()
            return tell(pages.not_completed(), "sign_in", None, refusal="sign-in-failed")
        claims = token["userinfo"]
        user = account_of(claims) if may_author(claims) else None
        if user is None:
            # Nor anybody else: who signs in anew leaves the session before.
            close_session()
            remember_refused(token["id_token"])
            return tell(pages.not_an_author(_name(claims)), "sign_in", claims["sub"], refusal="not-an-author")
        path = session.get(_NEXT) or START
        open_session(user, token)
        return tell(redirect(path), "sign_in", claims["sub"], tenant=_tenant())

    @expose("/logout/", methods=["GET"])
    @no_cache
    def logout(self) -> Response:
        """Ends the session here and in Keycloak."""
        subject = _subject()
        response = redirect(Keycloak(_settings()).sign_out_address(close_session()))
        return tell(response, "sign_out", subject) if subject else response


def _settings() -> AuthorSignIn:
    settings = current_settings().author_sign_in
    if settings is None:
        abort(404)
    return settings


def _tenant() -> str | None:
    authors = current_settings().authors
    return None if authors is None else authors.tenant


def _subject() -> str | None:
    username = getattr(g.user, "username", None) if g.user is not None else None
    return username.removeprefix("keycloak:") if username else None


def _name(claims: dict[str, Any]) -> str:
    return str(claims.get("name") or claims.get("preferred_username") or "This account")
