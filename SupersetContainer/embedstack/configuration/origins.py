"""The web origins that may put dashboards in a frame."""

from urllib.parse import urlsplit

from embedstack.configuration.errors import ConfigurationError


def parse_origins(name: str, text: str) -> tuple[str, ...]:
    """A comma list of origins, scheme and host and optional port each; never a wildcard."""
    origins = tuple(part.strip().rstrip("/") for part in text.split(",") if part.strip())
    for origin in origins:
        parts = urlsplit(origin)
        exact = f"{parts.scheme}://{parts.netloc}" == origin
        if parts.scheme not in ("http", "https") or not parts.hostname or not exact or "*" in origin:
            raise ConfigurationError(f"{name} has '{origin}'; an exact origin such as https://app.example is needed")
    if not origins:
        raise ConfigurationError(f"{name} is empty; list the origins that embed dashboards")
    return origins
