"""Superset's own texts in other languages, for pages that nobody has signed in to."""

from importlib.resources import files

from flask import Response, current_app, send_file


def language_pack(language: str) -> Response:
    """The texts of a configured language.

    An embedded page fetches them without its token; Superset's own view would lead it to a sign-in.
    """
    if language not in current_app.config["LANGUAGES"]:
        return Response(status=404)
    pack = files("superset") / "translations" / language / "LC_MESSAGES" / "messages.json"
    return send_file(str(pack), mimetype="application/json")
