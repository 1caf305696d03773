"""What a verified token may say, and an issuer with a shared secret."""

import time

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.issuer import AUDIENCE, NAME

from embedstack.configuration.jwt_embedding import JwtEmbedding
from embedstack.configuration.secret_file import SecretFile
from embedstack.security.embedding.claims import Claims
from embedstack.security.embedding.tokens import bearer_tokens, is_issuers
from embedstack.security.embedding.verifier import Verifier
from embedstack.security.identity import SAFE_VALUE
from embedstack.security.refusal import TokenRefused

CURRENT, PREVIOUS, OTHER = "c" * 48, "p" * 48, "o" * 48
MEMBER = {"tenant_id": "northside", "role": "clinician", "staff_id": "northside-01"}


def test_claims_beyond_the_identity_are_carried():
    claims = Claims.read({**MEMBER, "region": "inner-west", "department": "cardiology"}, "tenant_id")
    assert str(claims.identity) == "northside/clinician/northside-01"
    assert claims.attributes == {"region": "inner-west", "department": "cardiology"}
    assert claims.permissions is None and claims.datasets is None


@pytest.mark.parametrize("name", ["org_id", "workspace_id", "https://host.example/tenant"])
def test_tenant_is_read_from_the_configured_claim_only(name):
    claims = {"tenant_id": "harbour", name: "northside", "role": "admin"}
    assert Claims.read(claims, name).identity.tenant == "northside"
    del claims[name]
    with pytest.raises(TokenRefused, match=name):
        Claims.read(claims, name)


def test_staff_id_of_others_than_clinicians_is_not_part_of_the_identity():
    assert str(Claims.read({**MEMBER, "role": "admin"}, "tenant_id").identity) == "northside/admin"


@given(
    name=st.sampled_from(["tenant_id", "role", "staff_id", "department", "region", "cost_center"]),
    value=st.one_of(st.text(), st.integers(), st.lists(st.text()), st.booleans(), st.sampled_from(["' OR 1=1 --", "a/b", "a\n"])),
)
def test_no_value_but_a_safe_one_gets_in(name, value):
    try:
        claims = Claims.read({**MEMBER, name: value}, "tenant_id")
    except TokenRefused:
        return
    parts = [*str(claims.identity).split("/"), *claims.attributes.values()]
    assert all(SAFE_VALUE.match(part) for part in parts)
    assert len(str(claims.identity).split("/")) == (3 if claims.identity.role == "clinician" else 2)


@pytest.fixture
def verifier(tmp_path):
    file = tmp_path / "secret"
    file.write_text(f"{CURRENT}\n{PREVIOUS}\n")
    secret = SecretFile("EMBED_JWT_SECRET_FILE", file)
    return Verifier(JwtEmbedding(NAME, AUDIENCE, "tenant_id", jwks_url=None, secret=secret))


def shared(secret=CURRENT, algorithm="HS256", headers=None, **changes):
    claims = {"iss": NAME, "aud": AUDIENCE, "exp": int(time.time()) + 3600, **MEMBER, **changes}
    claims = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(claims, secret, algorithm=algorithm, headers=headers)


@pytest.mark.parametrize("secret", [CURRENT, PREVIOUS])
def test_shared_secret_and_the_one_before_it_count(verifier, secret):
    assert verifier.verify(shared(secret))["tenant_id"] == "northside"


@pytest.mark.parametrize(
    "token",
    [
        shared(OTHER),
        shared(algorithm="HS512", secret="c" * 64),
        shared(algorithm="none", secret=None),
        shared(exp=None),
        shared(exp=int(time.time()) - 60),
        shared(nbf=int(time.time()) + 3600),
        shared(iss="elsewhere"),
        shared(iss=None),
        shared(aud="elsewhere"),
        shared(aud=None),
        shared(headers={"crit": ["exp"]}),
        "x",
        "",
    ],
)
def test_wrong_token_under_a_shared_secret_is_refused(verifier, token):
    with pytest.raises(TokenRefused):
        verifier.verify(token)


@pytest.mark.parametrize(
    ("token", "issuers"),
    [
        (shared(), True),
        (shared(iss=None), False),
        (shared(iss=None, algorithm="HS512", secret="c" * 64), True),
        (shared(iss=None, algorithm="none", secret=None), True),
        ("e30.e30.e30", True),
        ("W10.e30.e30", False),
        ("x.y.z", False),
        ("a.b", False),
        ("", False),
        ("[" * 100_000 + ".e30.", False),
    ],
    ids=range(10),
)
def test_only_what_superset_does_not_sign_itself_is_the_issuers(token, issuers):
    assert is_issuers(token) == issuers


@pytest.mark.parametrize(
    ("header", "tokens"),
    [
        ("", []),
        ("Bearer a", ["a"]),
        ("bearer   a", ["a"]),
        ("Basic x, Bearer a", ["a"]),
        ("Bearer a,Bearer b", ["a", "b"]),
        ("Bearer", []),
        ("Bearer a b", []),
    ],
)
def test_bearer_tokens_of_a_header(header, tokens):
    assert bearer_tokens(header) == tokens
