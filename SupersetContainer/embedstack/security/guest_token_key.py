"""Signs and verifies guest tokens with the secret file's values."""

from collections.abc import Mapping, Sequence
from typing import Any

import jwt

from embedstack.configuration.secret_file import SecretFile

_REQUIRED = ["exp", "iat", "aud", "user", "resources", "rls_rules", "type"]


class GuestTokenKey:
    """Stands where Superset expects PyJWT.

    Superset 6.1 knows one secret, read at start; this one signs with the current value of the file
    and accepts the previous one too, so that a rotation neither restarts nor interrupts anything.
    """

    def __init__(self, secret: SecretFile) -> None:
        self._secret = secret

    def encode(self, claims: Mapping[str, Any], _secret: str, algorithm: str) -> str:
        """Signs claims; the secret that Superset passes is not used."""
        return jwt.encode(dict(claims), self._secret.current, algorithm=algorithm)

    def decode(self, token: str, _secret: str, algorithms: Sequence[str], audience: str) -> dict[str, Any]:
        """Claims of a token signed with the current or the previous secret."""
        failure: jwt.InvalidTokenError = jwt.InvalidSignatureError("no secret fits")
        for value in self._secret.values:
            try:
                return jwt.decode(
                    token,
                    value,
                    algorithms=list(algorithms),
                    audience=audience,
                    options={"require": _REQUIRED},
                )
            except jwt.InvalidSignatureError as error:
                failure = error
        raise failure
