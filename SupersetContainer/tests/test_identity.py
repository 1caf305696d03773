import pytest
from hypothesis import given
from hypothesis import strategies as st

from embedstack.database.claims import NO_CLAIMS, ConnectionClaims
from embedstack.security.identity import DataIdentity
from embedstack.security.refusal import TokenRefused

SAFE = st.from_regex(r"[A-Za-z0-9_-]{1,64}", fullmatch=True)


@given(tenant=SAFE, staff=SAFE)
def test_identity_survives_its_text(tenant, staff):
    for identity in (DataIdentity(tenant, "admin"), DataIdentity(tenant, "clinician", staff)):
        assert DataIdentity.parse(str(identity)) == identity


@pytest.mark.parametrize(
    "text",
    [
        "",
        "northside",
        "northside/",
        "/admin",
        "northside/owner",
        "northside/admin/n-1",
        "northside/clinician",
        "northside/clinician/",
        "northside/clinician/n-1/n-2",
        "north side/admin",
        "northside/admin\n",
        "northside'--/admin",
        "nörthside/admin",
        "x" * 65 + "/admin",
    ],
)
def test_other_texts_are_no_identity(text):
    with pytest.raises(TokenRefused):
        DataIdentity.parse(text)


def test_connection_without_claims_sets_all_three_empty_and_has_no_table_in_sight():
    expected = "-c app.tenant_id= -c app.role= -c app.staff_id= -c search_path=pg_catalog"
    assert NO_CLAIMS.options == expected


@given(value=st.text(max_size=80))
def test_no_value_adds_an_option(value):
    try:
        options = ConnectionClaims(value, "admin", value, database=value, schema=value or "clinic").options
    except ValueError:
        return
    claims = [f"app.tenant_id={value}", "app.role=admin", f"app.staff_id={value}"]
    claims.append(f"search_path={value or 'clinic'}")
    assert options.split(" ") == [word for claim in claims for word in ("-c", claim)]


def test_injected_option_is_refused():
    with pytest.raises(ValueError):
        ConnectionClaims(tenant="t1 -c app.role=network")
