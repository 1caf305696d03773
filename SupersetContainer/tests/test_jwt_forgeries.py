"""Tokens that the issuer has not signed."""

import jwt
import pytest
from support.host import HAS_ACCESS, PLACES, PROTECTED, check_refused
from support.issuer import new_key


def forged(issuer, name):
    claims = issuer.claims()
    kid = {"kid": "first"}
    attacker = new_key()
    if name == "none":
        return jwt.encode(claims, None, algorithm="none", headers=kid)
    if name == "none without kid":
        return jwt.encode(claims, None, algorithm="none")
    if name == "public key as HS256 secret":
        return hmac_signed(claims, issuer.public_pem, kid)
    if name == "another key":
        return jwt.encode(claims, attacker, algorithm="RS256", headers=kid)
    if name == "its own key in the header":
        own = {"jwk": {**issuer.published[0]}, "jku": "http://127.0.0.1:1/", "x5u": "http://127.0.0.1:1/"}
        return jwt.encode(claims, attacker, algorithm="RS256", headers=kid | own)
    if name in ("RS384", "RS512", "PS256"):
        return jwt.encode(claims, issuer.keys["first"], algorithm=name, headers=kid)
    if name == "unsigned":
        return issuer.token().rsplit(".", 1)[0] + "."
    raise ValueError(name)


def hmac_signed(claims, secret, headers):
    """PyJWT does not sign with a public key; an attacker's library does."""
    import base64
    import hashlib
    import hmac
    import json

    def part(value):
        return base64.urlsafe_b64encode(value).rstrip(b"=")

    signed = part(json.dumps({"alg": "HS256", "typ": "JWT", **headers}).encode())
    signed += b"." + part(json.dumps(claims).encode())
    return (signed + b"." + part(hmac.new(secret, signed, hashlib.sha256).digest())).decode()


FORGERIES = [
    "none",
    "none without kid",
    "public key as HS256 secret",
    "another key",
    "its own key in the header",
    "RS384",
    "RS512",
    "PS256",
    "unsigned",
]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", FORGERIES)
def test_forged_token_is_refused(host, issuer, place, name):
    headers = PLACES[place](forged(issuer, name))
    check_refused(host.get(PROTECTED, headers))
    check_refused(host.get(HAS_ACCESS, headers))
    check_refused(host.chart(forged(issuer, name), place))


def test_addresses_in_the_header_are_never_asked(host, issuer):
    elsewhere = {"jku": "http://127.0.0.1:1/keys", "x5u": "http://127.0.0.1:1/c", "x5c": ["MII"], "jwk": {}}
    assert host.count(issuer.token(headers=elsewhere)) == host.guests.rows_of("northside")
