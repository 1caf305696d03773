import hashlib

import pytest

from embedstack.security.refusal import TokenRefused
from embedstack.security.rules.digest import rules_sha256


def test_fingerprint_is_over_sorted_lines():
    rules = [
        {"dataset": 9, "clause": "tenant_id = 'b'"},
        {"dataset": 12, "clause": "tenant_id = 'ä'"},
    ]
    lines = "12\ttenant_id = 'ä'\n9\ttenant_id = 'b'\n"
    expected = hashlib.sha256(lines.encode()).hexdigest()
    assert rules_sha256(rules) == rules_sha256(rules[::-1]) == expected


def test_no_rules_have_the_fingerprint_of_nothing():
    assert rules_sha256([]) == hashlib.sha256(b"").hexdigest()


@pytest.mark.parametrize(
    "rule",
    [
        {"clause": "1 = 1"},
        {"dataset": None, "clause": "1 = 1"},
        {"dataset": "7", "clause": "1 = 1"},
        {"dataset": True, "clause": "1 = 1"},
        {"dataset": 7, "clause": " "},
        {"dataset": 7},
        {"dataset": 7, "clause": "1 = 1", "datasource": 8},
        {"dataset": 7, "clause": "1 = 1\n8\t1 = 1"},
        {"dataset": 7, "clause": "1 =\t1"},
        {"dataset": 7, "clause": "1 = 1\x00"},
    ],
)
def test_rule_of_another_shape_is_refused(rule):
    with pytest.raises(TokenRefused):
        rules_sha256([rule])
