"""Where an author goes on after the sign-in."""

from urllib.parse import urlsplit

START = "/dashboard/list/"


def return_path(asked: str | None, origin: str) -> str:
    """The path that was asked for, when it is one of this origin; else the list of dashboards."""
    try:
        parts = urlsplit(asked or "")
    except ValueError:
        return START
    if (parts.scheme or parts.netloc) and f"{parts.scheme}://{parts.netloc}" != origin:
        return START
    # Browsers read two slashes, or a backslash for one, as the beginning of another host.
    if not parts.path.startswith("/") or parts.path.startswith("//") or "\\" in parts.path or parts.path == "/":
        return START
    if parts.path.startswith(("/login", "/logout", "/oauth-authorized")):
        return START
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
