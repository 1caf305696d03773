"""Everything that EmbedStack's part of Superset reads from its environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from embedstack.configuration.author_sign_in import AuthorSignIn
from embedstack.configuration.authors import AuthorAccess
from embedstack.configuration.connections import PostgresDatabase, RedisServer
from embedstack.configuration.environment import Environment
from embedstack.configuration.jwt_embedding import JwtEmbedding
from embedstack.configuration.origins import parse_origins
from embedstack.configuration.secret_file import SecretFile
from embedstack.configuration.secret_rules import check_distinct
from embedstack.configuration.time_zone import check_time_zone


@dataclass(frozen=True)
class Settings:
    """Validated settings; secrets that rotate are files, read again on each use."""

    metadata_database: PostgresDatabase
    shared_database: PostgresDatabase
    clinic_database: PostgresDatabase
    authors: AuthorAccess | None
    author_sign_in: AuthorSignIn | None
    redis: RedisServer
    secret_key: str = field(repr=False)
    jwt_secret_key: str = field(repr=False)
    ingress_secret: str = field(repr=False)
    guest_token_secret: SecretFile
    assertion_key: SecretFile
    service_account_username: str
    service_account_password: SecretFile
    guest_token_audience: str
    guest_token_seconds: int
    host_origins: tuple[str, ...]
    jwt_embedding: JwtEmbedding | None
    accepts_drafts: bool

    @classmethod
    def read(cls, values: Mapping[str, str]) -> "Settings":
        """Reads and checks all settings; the first fault raises ConfigurationError."""
        environment = Environment(values)
        check_time_zone(environment.text("TZ", "UTC"))
        clinic_database = PostgresDatabase.read(environment, "CLINIC_DB")
        settings = cls(
            metadata_database=PostgresDatabase.read(environment, "SUPERSET_DB"),
            shared_database=PostgresDatabase.read(environment, "EMBEDSTACK_DB"),
            clinic_database=clinic_database,
            authors=AuthorAccess.read(environment, clinic_database),
            author_sign_in=AuthorSignIn.read(environment),
            redis=RedisServer.read(environment),
            secret_key=environment.secret("SUPERSET_SECRET_KEY"),
            jwt_secret_key=environment.secret("SUPERSET_JWT_SECRET_KEY"),
            ingress_secret=environment.secret("SUPERSET_INGRESS_SECRET"),
            guest_token_secret=environment.secret_file("GUEST_TOKEN_JWT_SECRET"),
            assertion_key=environment.secret_file("ASSERTION_KEY"),
            service_account_username=environment.text("SERVICE_ACCOUNT_USERNAME"),
            service_account_password=environment.secret_file("SERVICE_ACCOUNT_PASSWORD"),
            guest_token_audience=environment.text("GUEST_TOKEN_JWT_AUDIENCE"),
            guest_token_seconds=environment.number("GUEST_TOKEN_JWT_EXP_SECONDS", 300),
            host_origins=parse_origins("HOST_ORIGINS", environment.text("HOST_ORIGINS")),
            jwt_embedding=JwtEmbedding.read(environment),
            accepts_drafts=environment.switch("DASHBOARD_DRAFTS"),
        )
        settings._check_secrets_differ()
        return settings

    @property
    def https(self) -> bool:
        """True when browsers reach every origin by HTTPS: cookies are Secure then."""
        return all(origin.startswith("https://") for origin in self.host_origins)

    def _check_secrets_differ(self) -> None:
        check_distinct(
            {
                **({} if self.authors is None else self.authors.secrets),
                **({} if self.jwt_embedding is None else self.jwt_embedding.secrets),
                **({} if self.author_sign_in is None else self.author_sign_in.secrets),
                "SUPERSET_SECRET_KEY": [self.secret_key],
                "SUPERSET_JWT_SECRET_KEY": [self.jwt_secret_key],
                "SUPERSET_INGRESS_SECRET": [self.ingress_secret],
                "GUEST_TOKEN_JWT_SECRET_FILE": self.guest_token_secret.values,
                "ASSERTION_KEY_FILE": self.assertion_key.values,
                "SERVICE_ACCOUNT_PASSWORD_FILE": self.service_account_password.values,
                "SUPERSET_DB_PASSWORD": [self.metadata_database.password],
                "EMBEDSTACK_DB_PASSWORD": [self.shared_database.password],
                "CLINIC_DB_PASSWORD": [self.clinic_database.password],
                "REDIS_PASSWORD": [self.redis.password],
            }
        )


@lru_cache(maxsize=1)
def current_settings() -> Settings:
    """The settings of this process, read once."""
    return Settings.read(os.environ)
