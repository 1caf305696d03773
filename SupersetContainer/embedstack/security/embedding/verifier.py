"""Signature and times of an issuer's token."""

import math
import time
from collections.abc import Iterator, Mapping
from typing import Any

import jwt

from embedstack.configuration.jwt_embedding import JwtEmbedding
from embedstack.security.assertion import CLOCK_LEEWAY_SECONDS
from embedstack.security.embedding.jwks import Jwks, Times
from embedstack.security.refusal import TokenRefused

_MAXIMUM_KID = 256

# Revocations outlast every token: what lives longer is not taken.
_MAXIMUM_LIFETIME_SECONDS = 24 * 3600


class Verifier:
    """Accepts one algorithm, one issuer and one audience, all from configuration."""

    def __init__(self, settings: JwtEmbedding, times: Times = Times()) -> None:
        self._settings = settings
        self._jwks = Jwks(settings.jwks_url, times) if settings.jwks_url else None

    def verify(self, compact: str) -> Mapping[str, Any]:
        """The claims; raises TokenRefused, or KeysUnavailable where nothing can be verified."""
        for key in self._keys(self._header(compact)):
            try:
                return self._decode(compact, key)
            except jwt.InvalidSignatureError:
                continue
            # OverflowError: a time beyond all numbers.
            except (jwt.InvalidTokenError, OverflowError, TypeError, ValueError) as error:
                raise TokenRefused(f"issuer's token: {type(error).__name__}") from error
        raise TokenRefused("issuer's token: signed with another key")

    def _header(self, compact: str) -> Mapping[str, Any]:
        try:
            header = jwt.get_unverified_header(compact)
        except jwt.InvalidTokenError as error:
            raise TokenRefused(f"issuer's token: {type(error).__name__}") from error
        if header.get("alg") != self._settings.algorithm:
            raise TokenRefused("issuer's token: another algorithm than configured")
        # What must be understood is not; jku, x5u, jwk and x5c are never looked at.
        if "crit" in header or "b64" in header:
            raise TokenRefused("issuer's token: critical extensions")
        return header

    def _keys(self, header: Mapping[str, Any]) -> Iterator[Any]:
        if self._settings.secret is not None:
            yield from self._settings.secret.values
        elif self._jwks is not None:
            kid = header.get("kid")
            if not isinstance(kid, str) or not 0 < len(kid) <= _MAXIMUM_KID:
                raise TokenRefused("issuer's token: names no key")
            key = self._jwks.find(kid)
            if key is None:
                raise TokenRefused("issuer's token: names an unknown key")
            yield key

    def _decode(self, compact: str, key: Any) -> Mapping[str, Any]:
        claims: Mapping[str, Any] = jwt.decode(
            compact,
            key,
            algorithms=[self._settings.algorithm],
            issuer=self._settings.issuer,
            audience=self._settings.audience,
            leeway=CLOCK_LEEWAY_SECONDS,
            options={"require": ["exp", "iss", "aud"]},
        )
        # From its beginning on as well, else it could outlive what refuses it before its last day.
        if claims["exp"] > min(time.time(), claims.get("iat", math.inf)) + _MAXIMUM_LIFETIME_SECONDS:
            raise TokenRefused("issuer's token: lives longer than a day")
        return claims
