"""Tells the Api whose rows an author is shown, so that no answer goes out without a row in the audit."""

from typing import Any

from flask import Flask, Response, g, has_request_context, request
from superset.security import SupersetSecurityManager

from embedstack.authors.event import tell
from embedstack.configuration.settings import current_settings
from embedstack.security.author import current_author

_VALUES = "DatasourceRestApi.get_column_values"
_REFUSED = 400


class AuthorReads(SupersetSecurityManager):
    """Notes the dataset of each question: Superset asks here before it answers one, from its cache as well."""

    def raise_for_access(self, **asked: Any) -> None:
        """Superset's check; what passes it for an author is noted."""
        super().raise_for_access(**asked)
        if not has_request_context() or current_author() is None:
            return
        question = asked.get("query_context") or asked.get("viz") or asked.get("query")
        dataset = getattr(question, "datasource", None)
        if dataset is None and request.endpoint == _VALUES:
            question = dataset = asked.get("datasource")
        if question is not None:
            g.setdefault("author_reads", set()).add(getattr(dataset, "id", None))


def tell_reads(app: Flask) -> None:
    """Has each answer with rows say who reads whose, in a header that the Api keeps to itself."""
    app.after_request(_tell)


def _tell(response: Response) -> Response:
    read = g.get("author_reads")
    if not read or response.status_code >= _REFUSED:
        return response
    author, access = current_author(), current_settings().authors
    return tell(
        response,
        "data_access",
        str(getattr(author, "username", "")).removeprefix("keycloak:") or None,
        tenant=access and access.tenant,
        datasets=sorted(number for number in read if number is not None),
    )
