import logging

import jwt

from embedstack.redaction import MASK, RedactingFormatter, redact

TOKEN = jwt.encode({"user": {"username": "northside/admin"}}, "k" * 40, algorithm="HS256")


def test_tokens_are_taken_out_of_nested_data():
    record = {
        "path": "/api/v1/security/guest_token/",
        "user": {"username": "northside/admin", "last_name": TOKEN},
        "guest_token": "opaque",
        "events": [f"Authorization: Bearer {TOKEN}"],
        "count": 3,
    }
    assert redact(record) == {
        "path": "/api/v1/security/guest_token/",
        "user": {"username": "northside/admin", "last_name": MASK},
        "guest_token": MASK,
        "events": [f"Authorization: Bearer {MASK}"],
        "count": 3,
    }


def test_log_lines_and_tracebacks_carry_no_token():
    try:
        raise ValueError(f"cannot read {TOKEN}")
    except ValueError as error:
        raised = (type(error), error, error.__traceback__)
        record = logging.LogRecord("x", logging.ERROR, "", 0, "token %s", (TOKEN,), raised)
    line = RedactingFormatter("%(message)s").format(record)
    assert TOKEN not in line
    assert line.count(MASK) >= 2
