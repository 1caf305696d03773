"""What Superset's own pages lack, in the template that it leaves to whoever runs it."""

from pathlib import Path

from flask import Flask
from jinja2 import ChoiceLoader, FileSystemLoader

_TEMPLATES = Path(__file__).parent / "templates"


def complete_pages(app: Flask) -> None:
    """Has Superset take ``head_custom_extra.html`` from here."""
    own = FileSystemLoader(_TEMPLATES)
    app.jinja_loader = ChoiceLoader([own, app.jinja_loader] if app.jinja_loader else [own])
