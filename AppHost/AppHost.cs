// Settings files are read once: Linux gives a user 128 watchers of files, and editors take many.
var builder = DistributedApplication.CreateBuilder([.. args, "--hostBuilder:reloadConfigOnChange=false"]);

var runtime = builder.AddRuntime();
var settings = runtime.Settings;
builder.AddOriginCertificate(settings);
var secrets = new StackSecrets(builder, settings.Persist);
var roles = new DatabaseRoles(builder, settings.Persist);

var postgres = runtime.AddPostgres("postgres", secrets.Postgres);
var keycloakDb = runtime.AddDatabase(postgres, "keycloak-db", "keycloak");
var supersetDb = runtime.AddDatabase(postgres, "superset-db", "superset");
var embedstackDb = runtime.AddDatabase(postgres, "embedstack-db", "embedstack");
var clinicDb = runtime.AddDatabase(postgres, "clinic-db", "clinic");

var databaseSetup = builder.AddProject<Projects.DatabaseSetup>("database-setup")
    .WithReference(postgres)
    .WithDatabaseRoles(roles)
    .WithSection("EmbedStack:Audit", "Audit__")
    .WaitFor(keycloakDb)
    .WaitFor(supersetDb)
    .WaitFor(embedstackDb)
    .WaitFor(clinicDb);

var redis = runtime.AddRedis("redis", secrets.Redis);

var keycloak = runtime.AddKeycloak("keycloak", secrets.KeycloakAdmin, KeycloakRealm.File)
    .WithDatabase(keycloakDb.As(roles.Keycloak))
    .WithUrlName("http", "Keycloak admin")
    .WaitForCompletion(databaseSetup);

var clinicData = builder.AddProject<Projects.ClinicData>("clinic-data")
    .WithClinicData(clinicDb, embedstackDb, roles, settings)
    .WaitForCompletion(databaseSetup);

var bootstrap = runtime.AddSupersetBootstrap("superset-bootstrap", secrets.SupersetKey)
    .WithDrafts(settings.AcceptsDrafts)
    .WithRerunBootstrapCommand()
    .WaitForCompletion(clinicData);

var supersets = runtime.AddSupersets("superset", secrets.SupersetKey);

var apis = ApiInstances.Add(builder, settings);
foreach (var process in apis.All)
{
    process
        .WithOriginCertificate(settings)
        .WithHttpHealthCheck("/health", endpointName: "http")
        .WithReference(embedstackDb.As(roles.Api))
        .WithReference(keycloak)
        .WithInstances("superset", supersets)
        .WithKeycloakClient("embedstack-api", secrets.ApiClient, settings.SecretsDirectory)
        .WithServiceAccount(secrets, settings.SecretsDirectory)
        .WithSigningSecrets(secrets, settings.SecretsDirectory)
        .WithGuestTokens()
        .WithJwtEmbedding(settings)
        .WithSecretAges()
        .WithCatalog()
        .WithEdgeFolders(settings)
        .WithEnvironment("Edge__Cache__TimeZone", settings.TimeZone)
        .WithSection("EmbedStack:Api", except: "Instances")
        .WaitFor(keycloak);
}

apis.WithWarmUpCommand(secrets.Operator, settings.SecretsDirectory);

// What refers to browsers' addresses comes last: app, Api, Keycloak and Superset name one another.
var app = builder.AddWeb("web", apis, settings);
var authors = apis.First.AuthorsOrigin(settings);
var realm = new KeycloakRealm(keycloak, secrets, app, authors, apis.First.GetEndpoint("http"));

foreach (var process in apis.All)
{
    process.WithOrigins(app, apis.Embed.GetEndpoint("embed"), authors);
}

apis.WithRenderer(runtime.AddRenderer("renderer"), app, secrets.Renderer, settings);
keycloak.WithRealm(realm)
    .WithOperatorSecret(secrets.TenantsClient, settings.SecretsDirectory)
    .WithOperatorSecret(secrets.IntegrationClient, settings.SecretsDirectory);
foreach (var superset in supersets)
{
    superset
        .WithWorkers(2, threads: 8)
        .WithInternalUrl("http")
        .WithBootstrap(bootstrap)
        .WithAuthorSignIn(realm, authors, secrets, settings.SecretsDirectory)
        .WithJwtEmbedding(settings)
        .WaitFor(keycloak);
}

foreach (var process in supersets.Prepend(bootstrap))
{
    process
        .WithEnvironment("TZ", settings.TimeZone)
        .WithMetadataDatabase(supersetDb.As(roles.SupersetMeta))
        .WithDatabase("EMBEDSTACK_DB", embedstackDb.As(roles.SupersetShared))
        .WithDatabase("CLINIC_DB", clinicDb.As(roles.ClinicReader))
        .WithCache(redis)
        .WithJwtSecretKey(secrets.SupersetJwtKey)
        .WithGuestTokenSecret(secrets.GuestToken, settings.SecretsDirectory)
        .WithGuestTokenLifetime()
        .WithServiceAccount(secrets, settings.SecretsDirectory)
        .WithEmbeddingOrigin(app)
        .WithAuthorAccess(roles.ClinicAuthor, settings.AuthorTenant)
        .WaitFor(redis);
}

supersets[0].WithDoctorCommand(new StackToExamine(
    settings, secrets, app, authors, apis, keycloak, supersets[0], supersetDb.As(roles.SupersetMeta), embedstackDb.As(roles.SupersetShared)));
builder.AddStatusFile(settings, app, authors, realm, new StatusServices(clinicDb, keycloak, supersets[0], apis));
builder.RequireParts();
builder.Build().Run();
