"""What `./embedstack dashboard` asks of Superset: assets in, assets out, for signed-in authors only."""

from flask import Flask


def add_authoring(app: Flask) -> None:
    """Adds the routes under /api/v1/authoring/."""
    from superset.extensions import appbuilder

    from embedstack.authoring.api import AuthoringApi

    with app.app_context():
        appbuilder.add_api(AuthoringApi)
