"""What browsers are told: content security policy, cookies, cross-origin access."""

from datetime import timedelta
from typing import Any

from embedstack.configuration.settings import Settings

SESSION_LIFETIME = timedelta(hours=8)


def browser_configuration(settings: Settings) -> dict[str, Any]:
    """Talisman, session cookie and CORS."""
    return {
        "TALISMAN_ENABLED": True,
        "TALISMAN_CONFIG": _talisman(settings),
        "SESSION_COOKIE_NAME": "embedstack_superset",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.https,
        "PERMANENT_SESSION_LIFETIME": SESSION_LIFETIME,
        # The embed is same-origin with its own data; nobody else reads it across origins.
        "ENABLE_CORS": False,
        "CORS_OPTIONS": {"origins": []},
        "THEME_FONT_URL_ALLOWED_DOMAINS": [],
    }


def _talisman(settings: Settings) -> dict[str, Any]:
    return {
        "content_security_policy": {
            "base-uri": ["'self'"],
            "default-src": ["'self'"],
            "img-src": ["'self'", "blob:", "data:"],
            "worker-src": ["'self'", "blob:"],
            "connect-src": ["'self'"],
            "object-src": "'none'",
            "style-src": ["'self'", "'unsafe-inline'"],
            "font-src": ["'self'"],
            "script-src": ["'self'", "'strict-dynamic'"],
            "frame-ancestors": list(settings.host_origins),
        },
        "content_security_policy_nonce_in": ["script-src"],
        # X-Frame-Options knows no list of origins; frame-ancestors above decides.
        "frame_options": None,
        "force_https": False,
        "strict_transport_security": settings.https,
        "session_cookie_secure": settings.https,
    }
