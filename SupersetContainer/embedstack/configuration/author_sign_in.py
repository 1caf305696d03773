"""How authors sign in: Superset's place in Keycloak, and the address at which browsers reach it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from embedstack.configuration.environment import Environment
from embedstack.configuration.errors import ConfigurationError
from embedstack.configuration.origins import parse_origins
from embedstack.configuration.secret_file import SecretFile


@dataclass(frozen=True)
class AuthorSignIn:
    """A confidential client of one issuer."""

    origin: str
    issuer: str
    internal_url: str
    client_id: str
    client_secret: SecretFile

    @classmethod
    def read(cls, environment: Environment) -> "AuthorSignIn | None":
        """Reads AUTHORS_ORIGIN and the four that go with it; None where authors have no way in."""
        if not environment.has("AUTHORS_ORIGIN"):
            return None
        origins = parse_origins("AUTHORS_ORIGIN", environment.text("AUTHORS_ORIGIN"))
        if len(origins) != 1:
            raise ConfigurationError("AUTHORS_ORIGIN lists several; authors have one address")
        return cls(
            origin=origins[0],
            issuer=environment.text("KEYCLOAK_ISSUER").rstrip("/"),
            internal_url=environment.text("KEYCLOAK_INTERNAL_URL").rstrip("/"),
            client_id=environment.text("AUTHOR_CLIENT_ID"),
            client_secret=environment.secret_file("AUTHOR_CLIENT_SECRET"),
        )

    @property
    def secrets(self) -> Mapping[str, Sequence[str]]:
        """By variable, what must differ from every other secret."""
        return {"AUTHOR_CLIENT_SECRET_FILE": self.client_secret.values}

    @property
    def host(self) -> str:
        """Host and port of the address at which browsers reach it."""
        return urlsplit(self.origin).netloc

    @property
    def callback(self) -> str:
        """Where Keycloak sends a browser back to; registered there as it is."""
        return f"{self.origin}/oauth-authorized/keycloak"

    @property
    def after_sign_out(self) -> str:
        """Where Keycloak sends a browser after the sign-out; registered there as it is."""
        return f"{self.origin}/login/"
