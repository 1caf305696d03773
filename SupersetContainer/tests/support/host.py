"""A host that embeds dashboards with tokens of its own issuer."""

from typing import Any

from werkzeug.test import TestResponse

from support.guests import Guests
from support.issuer import Issuer

CHART = "appointments_total"
# A route behind FAB's @protect, and one behind @has_access_api.
PROTECTED, HAS_ACCESS = "/api/v1/me/roles/", "/api/v1/time_range/?q='Last week'"
PLACES = {
    "X-GuestToken": lambda token: {"X-GuestToken": token},
    "Authorization": lambda token: {"Authorization": f"Bearer {token}"},
}


class Host:
    """Sends requests as a host's page (guest header) or server (bearer) does."""

    def __init__(self, guests: Guests, issuer: Issuer) -> None:
        self.guests, self.issuer = guests, issuer

    def get(self, path: str, headers: dict[str, str]) -> TestResponse:
        """GET with these headers."""
        return self.guests.get(path, None, **headers)

    def chart(self, token: str, place: str = "X-GuestToken", cookies: str = "", **changes: Any) -> TestResponse:
        """The answer to a chart's stored query."""
        query = self.guests.stored_query(CHART) | changes
        headers = self.guests.headers(None, PLACES[place](token))
        client = self.guests.context.app.test_client(use_cookies=False)
        if cookies:
            headers["Cookie"] = cookies
        return client.post("/api/v1/chart/data", json=query, headers=headers)

    def count(self, token: str, place: str = "X-GuestToken", **changes: Any) -> int:
        """What that chart counts."""
        answer = self.chart(token, place, **changes)
        assert answer.status_code == 200, answer.text
        return int(answer.json["result"][0]["data"][0]["appointments"])


def check_refused(answer: TestResponse) -> None:
    """401 that says nothing else."""
    assert answer.status_code == 401, answer.text
    assert answer.mimetype == "application/problem+json"
    assert answer.json == {"title": "Unauthorized", "status": 401}
    assert "Set-Cookie" not in answer.headers
