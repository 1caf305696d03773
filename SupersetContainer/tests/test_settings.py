import pytest

from embedstack.configuration.errors import ConfigurationError
from embedstack.configuration.settings import Settings

SECRETS = [
    "SUPERSET_SECRET_KEY",
    "SUPERSET_JWT_SECRET_KEY",
    "SUPERSET_INGRESS_SECRET",
    "SUPERSET_DB_PASSWORD",
    "EMBEDSTACK_DB_PASSWORD",
    "CLINIC_DB_PASSWORD",
    "CLINIC_AUTHOR_PASSWORD",
    "REDIS_PASSWORD",
]
SECRET_FILES = ["GUEST_TOKEN_JWT_SECRET_FILE", "ASSERTION_KEY_FILE", "SERVICE_ACCOUNT_PASSWORD_FILE"]
OTHERS = [
    "SUPERSET_DB_HOST",
    "CLINIC_DB_PORT",
    "REDIS_HOST",
    "SERVICE_ACCOUNT_USERNAME",
    "GUEST_TOKEN_JWT_AUDIENCE",
    "HOST_ORIGINS",
]


def test_complete_environment_is_accepted(environment):
    settings = Settings.read(environment)
    assert settings.clinic_database.username == "clinic_reader"
    assert settings.host_origins == ("http://localhost:5173",)
    assert not settings.https


@pytest.mark.parametrize("name", [*SECRETS, *SECRET_FILES, *OTHERS])
def test_each_missing_value_is_named(environment, name):
    del environment[name]
    with pytest.raises(ConfigurationError, match=name):
        Settings.read(environment)


@pytest.mark.parametrize("name", SECRETS)
def test_short_secret_is_refused_without_showing_it(environment, name):
    environment[name] = "hunter2"
    with pytest.raises(ConfigurationError, match=name) as failure:
        Settings.read(environment)
    assert "hunter2" not in str(failure.value)


def test_published_default_is_refused(environment):
    environment["SUPERSET_SECRET_KEY"] = "CHANGE_ME_TO_A_COMPLEX_RANDOM_SECRET"
    with pytest.raises(ConfigurationError, match="SUPERSET_SECRET_KEY is a published default"):
        Settings.read(environment)


@pytest.mark.parametrize("name", SECRETS[1:])
def test_two_equal_secrets_are_refused(environment, name):
    environment[name] = environment["SUPERSET_SECRET_KEY"]
    with pytest.raises(ConfigurationError, match="equals") as failure:
        Settings.read(environment)
    assert environment[name] not in str(failure.value)


@pytest.mark.parametrize("file", SECRET_FILES)
def test_secret_file_with_another_secret_as_previous_value_is_refused(environment, file):
    with open(environment[file], "a", encoding="utf-8") as stream:
        stream.write(environment["SUPERSET_JWT_SECRET_KEY"])
    with pytest.raises(ConfigurationError, match="equals"):
        Settings.read(environment)


@pytest.mark.parametrize(
    "origins", ["*", "http://*.example", "localhost:5173", "http://localhost/app", "ftp://a", ",", "http://"]
)
def test_anything_but_exact_origins_is_refused(environment, origins):
    environment["HOST_ORIGINS"] = origins
    with pytest.raises(ConfigurationError, match="HOST_ORIGINS"):
        Settings.read(environment)


def test_drafts_are_accepted_only_when_asked_for(environment):
    assert not Settings.read(environment).accepts_drafts
    environment["DASHBOARD_DRAFTS"] = "true"
    assert Settings.read(environment).accepts_drafts
    environment["DASHBOARD_DRAFTS"] = "yes"
    with pytest.raises(ConfigurationError, match="DASHBOARD_DRAFTS"):
        Settings.read(environment)


def test_authors_read_the_same_database_by_a_role_of_their_own(environment):
    settings = Settings.read(environment)
    assert settings.authors.database.username == "clinic_author"
    assert settings.authors.database.url.set(username="", password="") == settings.clinic_database.url.set(
        username="", password=""
    )
    assert settings.authors.tenant == "northside"
    environment["AUTHOR_TENANT"] = "manly"
    assert Settings.read(environment).authors.tenant == "manly"


def test_tls_is_for_both_readers_and_nobody_else(environment):
    environment |= {"CLINIC_DB_SSLMODE": "verify-full", "CLINIC_DB_SSLROOTCERT": "/etc/authority.pem"}
    settings = Settings.read(environment)
    for database in (settings.clinic_database, settings.authors.database):
        assert dict(database.url.query) == {"sslmode": "verify-full", "sslrootcert": "/etc/authority.pem"}
        assert database.connect_arguments["sslmode"] == "verify-full"
    assert dict(settings.metadata_database.url.query) == {}
    assert hash(settings.clinic_database) != hash(settings.shared_database)


def test_tls_that_libpq_does_not_know_is_refused(environment):
    environment["CLINIC_DB_SSLMODE"] = "VerifyFull"
    with pytest.raises(ConfigurationError, match="CLINIC_DB_SSLMODE"):
        Settings.read(environment)


def test_without_a_role_of_theirs_authors_have_no_way_in(environment):
    del environment["CLINIC_AUTHOR_USERNAME"]
    assert Settings.read(environment).authors is None


def test_authors_tenant_must_be_a_key(environment):
    environment["AUTHOR_TENANT"] = "northside -c app.role=network"
    with pytest.raises(ConfigurationError, match="AUTHOR_TENANT"):
        Settings.read(environment)


RS256 = {
    "EMBED_JWT_ISSUER": "https://id.host.example",
    "EMBED_JWT_AUDIENCE": "dashboards",
    "EMBED_JWT_JWKS_URL": "https://id.host.example/keys",
}


def test_without_an_issuer_the_bearer_way_is_closed(environment):
    assert Settings.read(environment).jwt_embedding is None


def test_issuer_with_published_keys(environment):
    found = Settings.read(environment | RS256).jwt_embedding
    assert (found.algorithm, found.tenant_claim) == ("RS256", "tenant_id")
    assert Settings.read(environment | RS256 | {"EMBED_JWT_TENANT_CLAIM": "org_id"}).jwt_embedding.tenant_claim == "org_id"


@pytest.mark.parametrize("host", ["localhost:9000", "host.docker.internal:9000", "aspire.dev.internal:9000"])
def test_keys_come_in_the_clear_from_this_machine(environment, host):
    keys = f"http://{host}/keys"
    assert Settings.read(environment | RS256 | {"EMBED_JWT_JWKS_URL": keys}).jwt_embedding.jwks_url == keys


def hs256(folder, secret):
    file = folder / "embedding"
    file.write_text(secret)
    return RS256 | {"EMBED_JWT_JWKS_URL": "", "EMBED_JWT_SECRET_FILE": str(file)}


def test_issuer_with_a_shared_secret(environment, tmp_path):
    assert Settings.read(environment | hs256(tmp_path, "h" * 40)).jwt_embedding.algorithm == "HS256"


@pytest.mark.parametrize("name", [*SECRETS, *SECRET_FILES])
def test_embedding_secret_that_equals_another_is_refused(environment, tmp_path, name):
    other = environment[name]
    if name in SECRET_FILES:
        with open(other, encoding="utf-8") as stream:
            other = stream.read().strip()
    with pytest.raises(ConfigurationError, match="equals"):
        Settings.read(environment | hs256(tmp_path, other))


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"EMBED_JWT_AUDIENCE": ""}, "EMBED_JWT_AUDIENCE"),
        ({"EMBED_JWT_JWKS_URL": ""}, "either"),
        ({"EMBED_JWT_SECRET_FILE": "/dev/null"}, "either"),
        ({"EMBED_JWT_JWKS_URL": "http://id.host.example/keys"}, "EMBED_JWT_JWKS_URL"),
        ({"EMBED_JWT_JWKS_URL": "file:///etc/passwd"}, "EMBED_JWT_JWKS_URL"),
        ({"EMBED_JWT_JWKS_URL": "https://"}, "EMBED_JWT_JWKS_URL"),
        ({"EMBED_JWT_TENANT_CLAIM": "role"}, "EMBED_JWT_TENANT_CLAIM"),
        ({"EMBED_JWT_TENANT_CLAIM": "a b"}, "EMBED_JWT_TENANT_CLAIM"),
    ],
)
def test_issuer_that_is_half_configured_is_refused(environment, change, named):
    with pytest.raises(ConfigurationError, match=named):
        Settings.read(environment | RS256 | change)


def test_port_must_be_a_number(environment):
    environment["REDIS_PORT"] = "six"
    with pytest.raises(ConfigurationError, match="REDIS_PORT"):
        Settings.read(environment)


def test_cookies_are_secure_when_every_origin_is_https(environment):
    environment["HOST_ORIGINS"] = "https://app.example, https://other.example:8443"
    assert Settings.read(environment).https


def test_secrets_stay_out_of_the_representation(environment):
    text = repr(Settings.read(environment))
    assert not [name for name in SECRETS if environment[name] in text]
