"""Charts while Redis is away, on real Superset."""

import redis


def test_chart_is_unavailable_and_not_broken(guests, monkeypatch):
    def away(*_args, **_kwargs):
        raise redis.ConnectionError("Error 111 connecting to 127.0.0.1:6379. Connection refused.")

    token = guests.token()
    assert guests.chart("appointments_total", token).status_code == 200
    with monkeypatch.context() as patch:
        patch.setattr(redis.Redis, "execute_command", away)
        answer = guests.chart("appointments_total", token)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert b"6379" not in answer.data
    assert guests.chart("appointments_total", token).status_code == 200
