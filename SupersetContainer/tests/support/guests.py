"""Guests of the bootstrapped Superset, honest and forged."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import jwt
import yaml
from werkzeug.test import TestResponse

from embedstack.authors import session as authors_session
from embedstack.authors.check import begin
from embedstack.bootstrap.context import Context
from embedstack.security.identity import DataIdentity
from embedstack.security.rules.of_identity import rules_for
from embedstack.security.rules.digest import rules_sha256
from support.servers import Servers
from support.tokens import sign


class Guests:
    """Signs guest tokens as Superset would and sends requests with them."""

    dashboard_key = "clinic"
    dataset_key = "appointments"

    def __init__(self, context: Context, servers: Servers) -> None:
        self.context = context
        self.settings = context.settings
        self.dashboard = context.catalog.dashboards[0]
        self._servers = servers
        self.dashboard_id = self._id("dashboard", self.dashboard_key)
        self.dataset_id = self._id("dataset", self.dataset_key)
        stores = servers.query("embedstack", "SELECT key, isolation, database, schema FROM shared.tenants")
        self._stores = {key: dict(zip(("kind", "database", "schema"), store)) for key, *store in stores}

    def _id(self, kind: str, key: str) -> int:
        sql = "SELECT id FROM shared.catalog_ids WHERE kind = %s AND key = %s"
        return int(self._servers.query("embedstack", sql, (kind, key))[0][0])

    def rule(self, tenant: str) -> dict[str, Any]:
        """The rule for a tenant's administrator."""
        return {"dataset": self.dataset_id, "clause": f"tenant_id = '{tenant}'"}

    def token(
        self,
        identity: str = "northside/admin",
        rules: list[dict[str, Any]] | None = None,
        secret: str | None = None,
        assertion: dict[str, Any] | None = None,
        embedded: str | None = None,
        assertion_key: str | None = None,
        **changes: Any,
    ) -> str:
        """A guest token whose assertion fits, unless `assertion` or `changes` say otherwise."""
        tenant = identity.split("/")[0]
        rules = [self.rule(tenant)] if rules is None else rules
        dashboards = [embedded or self.dashboard.embedded_uuid]
        fitting = {
            "identity": identity,
            "dashboards": dashboards,
            "rules_sha256": rules_sha256(rules),
            "store": self._stores.get(tenant),
        }
        fitting = {name: value for name, value in fitting.items() if value is not None}
        compact = sign(assertion_key or self.settings.assertion_key.current, **{**fitting, **(assertion or {})})
        now = time.time()
        claims = {
            "user": {"username": identity, "first_name": tenant, "last_name": compact},
            "resources": [{"type": "dashboard", "id": uuid} for uuid in dashboards],
            "rls_rules": rules,
            "iat": now,
            "exp": now + 300,
            "aud": self.settings.guest_token_audience,
            "type": "guest",
        }
        key = secret or self.settings.guest_token_secret.current
        return jwt.encode({**claims, **changes}, key, algorithm="HS256")

    def get(self, path: str, token: str | None, **headers: str) -> TestResponse:
        """GET as the token's guest."""
        return self._client().get(path, headers=self.headers(token, headers))

    def stored_query(self, stem: str) -> dict[str, Any]:
        """A chart's stored query on the dashboard, as its page sends it."""
        from superset.extensions import db
        from superset.models.slice import Slice

        file = self.context.assets / "charts" / self.dashboard_key / f"{stem}.yaml"
        uuid = yaml.safe_load(file.read_text(encoding="utf-8"))["uuid"]
        with self.context.app.app_context():
            chart = db.session.query(Slice).filter_by(uuid=uuid).one()
            query: dict[str, Any] = json.loads(chart.query_context)
        query["form_data"]["dashboardId"] = self.dashboard_id
        return query

    def chart(self, stem: str, token: str, **changes: Any) -> TestResponse:
        """The answer to a chart's stored query."""
        query = self.stored_query(stem) | changes
        return self._client().post("/api/v1/chart/data", json=query, headers=self.headers(token, {}))

    def rules(self, identity: str) -> list[dict[str, Any]]:
        """The catalogue's rules for an identity on dataset `appointments`."""
        return rules_for(DataIdentity.parse(identity), {"appointments": self.dataset_id})

    def post(self, path: str, token: str, **content: Any) -> TestResponse:
        """POST as the token's guest."""
        return self._client().post(path, headers=self.headers(token, {}), **content)

    def count(self, token: str, **changes: Any) -> int:
        """What chart `appointments_total` answers."""
        answer = self.chart("appointments_total", token, **changes)
        assert answer.status_code == 200, answer.text
        return int(answer.json["result"][0]["data"][0]["appointments"])

    def rows_of(self, tenant: str) -> int:
        """What the superuser counts."""
        sql = "SELECT count(*) FROM clinic.appointments WHERE tenant_id = %s"
        return int(self._servers.query("clinic", sql, (tenant,))[0][0])

    def _client(self) -> Any:
        return self.context.app.test_client(use_cookies=False)

    @contextmanager
    def author(self) -> Iterator[Any]:
        """A client with the session of an administrator of Superset, who is gone afterwards."""
        from superset import security_manager
        from superset.extensions import db

        with self.context.app.app_context():
            role = security_manager.find_role("Admin")
            author = security_manager.add_user("author", "An", "Author", "author@test.example", role, "x")
            number = author.id
            check = begin("author", "none", 300)
        client = self.context.app.test_client()
        with client.session_transaction() as session:
            session.update(_user_id=str(number), _fresh=True)
            session[authors_session._UNTIL] = time.time() + 300
            session[authors_session._CHECK] = check
        try:
            yield client
        finally:
            with self.context.app.app_context():
                db.session.delete(security_manager.get_user_by_id(number))
                db.session.commit()

    def headers(self, token: str | None, more: dict[str, str] | None = None) -> dict[str, str]:
        """What every request of a guest carries."""
        headers = {"X-Superset-Ingress": self.settings.ingress_secret, **(more or {})}
        return headers if token is None else {**headers, "X-GuestToken": token}
