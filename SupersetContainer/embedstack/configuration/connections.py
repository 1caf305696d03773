"""Where Postgres and Redis are, in the variables that Aspire's references set."""

from dataclasses import dataclass, field

from sqlalchemy.engine import URL

from embedstack.configuration.environment import Environment
from embedstack.configuration.errors import ConfigurationError

CONNECT_TIMEOUT_SECONDS = 5
_SSL_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")


@dataclass(frozen=True)
class PostgresDatabase:
    """One database with the role that this consumer has in it."""

    host: str
    port: int
    username: str
    password: str = field(repr=False)
    database: str
    tls: tuple[tuple[str, str], ...] = ()
    """libpq's sslmode and sslrootcert, where they are set."""

    @classmethod
    def read(cls, environment: Environment, prefix: str) -> "PostgresDatabase":
        """Reads PREFIX_HOST, _PORT, _USERNAME, _PASSWORD and _DATABASENAME; _SSLMODE and _SSLROOTCERT may be left out."""
        tls = {name: f"{prefix}_{name.upper()}" for name in ("sslmode", "sslrootcert")}
        tls = {name: environment.text(variable) for name, variable in tls.items() if environment.has(variable)}
        if tls.get("sslmode", "prefer") not in _SSL_MODES:
            raise ConfigurationError(f"{prefix}_SSLMODE is '{tls['sslmode']}'; one of {', '.join(_SSL_MODES)} is needed")
        return cls(
            host=environment.text(f"{prefix}_HOST"),
            port=environment.number(f"{prefix}_PORT"),
            username=environment.text(f"{prefix}_USERNAME"),
            password=environment.secret(f"{prefix}_PASSWORD"),
            database=environment.text(f"{prefix}_DATABASENAME"),
            tls=tuple(tls.items()),
        )

    @property
    def url(self) -> URL:
        """The SQLAlchemy URL, password included."""
        return URL.create(
            "postgresql+psycopg2",
            username=self.username,
            password=self.password,
            host=self.host,
            port=self.port,
            database=self.database,
            query=dict(self.tls),
        )

    @property
    def connect_arguments(self) -> dict[str, str | int]:
        """Keyword arguments for psycopg2.connect."""
        return {
            "host": self.host,
            "port": self.port,
            "user": self.username,
            "password": self.password,
            "dbname": self.database,
            "connect_timeout": CONNECT_TIMEOUT_SECONDS,
            **dict(self.tls),
        }


@dataclass(frozen=True)
class RedisServer:
    """Superset's cache and session server."""

    host: str
    port: int
    password: str = field(repr=False)

    @classmethod
    def read(cls, environment: Environment) -> "RedisServer":
        """Reads REDIS_HOST, REDIS_PORT and REDIS_PASSWORD."""
        return cls(
            host=environment.text("REDIS_HOST"),
            port=environment.number("REDIS_PORT"),
            password=environment.secret("REDIS_PASSWORD"),
        )
