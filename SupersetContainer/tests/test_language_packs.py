"""Embedded pages read Superset's texts in the app's languages, and nothing else without a token."""

import pytest


def test_german_is_there_for_everybody(guests):
    answer = guests.get("/superset/language_pack/de/", None)
    assert answer.status_code == 200
    assert answer.json["locale_data"]["superset"][""]["lang"] == "de"
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("language", ["fr", "xx", "..", "de_DE"])
def test_other_languages_are_not(guests, language):
    assert guests.get(f"/superset/language_pack/{language}/", None).status_code == 404
