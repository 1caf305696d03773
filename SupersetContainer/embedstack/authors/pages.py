"""What a person sees whom Superset does not let in."""

from flask import Response, render_template_string

_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{{ title }}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1rem}a{color:#0b6e6e}</style>
<h1>{{ title }}</h1>
<p>{{ text }}</p>
<p><a href="{{ address }}">{{ link }}</a></p>
</html>
"""


def not_an_author(name: str) -> Response:
    """For a person whom Keycloak knows, and who makes no dashboards."""
    return _page(
        "Not for this account",
        f"Dashboards are made here. {name} does not have the role for it: an administrator of Keycloak can give it.",
        "/logout/",
        "Sign in as somebody else",
        403,
    )


def not_completed() -> Response:
    """For a sign-in that ended half-way."""
    return _page("The sign-in was not completed", "It took too long, or was begun elsewhere.", "/login/", "Try again", 400)


def _page(title: str, text: str, address: str, link: str, status: int) -> Response:
    html = render_template_string(_PAGE, title=title, text=text, address=address, link=link)
    return Response(html, status, mimetype="text/html")
