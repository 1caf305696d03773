"""The reason why a guest token is not honoured."""


class TokenRefused(Exception):
    """Says which check failed; holds no token, clause or secret and is safe to log."""
