using EmbedStack.Tests.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace EmbedStack.Api.Tests.Stack;

/// <summary>The Api with a database of its own and its peers. One a test class.</summary>
public class ApiFixture(TestDatabases postgres) : IAsyncLifetime
{
    public const string AppOrigin = "http://localhost:5173";
    public const string EmbedOrigin = "http://127.0.0.1:5181";
    public const string AuthorsOrigin = "http://authors.localhost:5182";
    public const string GuestTokenAudience = "audience-of-the-tests";
    public const string GuestTokenSecret = "guest-token-secret-of-the-tests-0123456789";
    public const string EdgeTokenKey = "edge-token-key-of-the-tests-0123456789";
    public const string OperatorKey = "operator-key-of-the-tests-0123456789";
    public const string AssertionKey = "assertion-key-of-the-tests-0123456789";
    private readonly string _directory = Directory.CreateTempSubdirectory("embedstack-api-").FullName;
    private readonly List<ApiInstance> _instances = [];

    public TestDatabase Database { get; private set; } = null!;

    public KeycloakPeer Keycloak { get; private set; } = null!;

    public SupersetPeer Superset { get; private set; } = null!;

    public TestClock Clock { get; } = new();

    public string CatalogFile => Path.Combine(_directory, "catalog.yaml");

    public string ClientSecretFile => Path.Combine(_directory, "client-secret");

    public string DataProtectionKeyFile => Path.Combine(_directory, "data-protection-key");

    public string AssertionKeyFile => Path.Combine(_directory, "assertion-key");

    public string ServicePasswordFile => Path.Combine(_directory, "service-password");

    public string OperatorKeyFile => Path.Combine(_directory, "operator-key");

    public string EdgeTokenKeyFile => Path.Combine(_directory, "edge-token-key");

    public string GuestTokenSecretFile => Path.Combine(_directory, "guest-token-secret");

    internal ApiInstance Api => _instances[0];

    protected virtual string CatalogueText => TestCatalogue.Yaml;

    protected virtual Guid ProbedEmbed => Guid.Parse(TestCatalogue.ClinicEmbedded);

    public async ValueTask InitializeAsync()
    {
        var ports = FreePorts.Take(2);
        Keycloak = new KeycloakPeer(ports[0], Clock);
        Superset = new SupersetPeer(ports[1], Clock);
        await Keycloak.StartAsync();
        await Superset.StartAsync();
        Database = await postgres.CreateDatabaseAsync();
        await TestCatalogue.AddTenantsAsync(Database);
        await PublishAsync();
        await WriteFilesAsync();
        StartInstance(OwnServices);
        await WaitForCatalogueAsync();
    }

    /// <summary>Starts one more Api beside the first, on the same database, with the same settings but for those named.</summary>
    internal ApiInstance StartInstance(params (string Name, string Value)[] others) => StartInstance(null, others);

    /// <summary>The same, with services of the test's own.</summary>
    internal ApiInstance StartInstance(Action<IServiceCollection>? replace, params (string Name, string Value)[] others)
    {
        var settings = Settings();
        foreach (var (name, value) in others)
        {
            settings[name] = value;
        }

        var instance = new ApiInstance(settings, FreePorts.Take(3), Clock, replace);
        _instances.Add(instance);
        instance.Start();
        return instance;
    }

    public Browser NewBrowser() => new(Api.Port, AppOrigin);

    internal static Browser NewBrowser(ApiInstance instance) => new(instance.Port, AppOrigin);

    public Browser NewEmbedBrowser() => new(Api.EmbedPort, EmbedOrigin);

    public Browser NewAuthorsBrowser() => new(Api.AuthorsPort, AuthorsOrigin);

    public async Task<Browser> SignInAsync(TestPerson person)
    {
        var browser = NewBrowser();
        using var answer = await browser.SignInAsync(Keycloak, person);
        Assert.Equal("/", answer.Headers.Location?.OriginalString);
        return browser;
    }

    public T Service<T>() where T : notnull => Api.Services.GetRequiredService<T>();

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var instance in _instances)
        {
            await instance.DisposeAsync();
        }

        await Keycloak.DisposeAsync();
        await Superset.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Says what the bootstrap would have published.</summary>
    protected virtual Task PublishAsync() => TestCatalogue.PublishAsync(Database);

    private async Task WriteFilesAsync()
    {
        await File.WriteAllTextAsync(CatalogFile, CatalogueText);
        await File.WriteAllTextAsync(ClientSecretFile, Keycloak.Secret);
        await File.WriteAllTextAsync(ServicePasswordFile, Superset.Password);
        await File.WriteAllTextAsync(AssertionKeyFile, AssertionKey);
        await File.WriteAllTextAsync(DataProtectionKeyFile, "data-protection-key-of-the-tests-0123456789");
        await File.WriteAllTextAsync(GuestTokenSecretFile, GuestTokenSecret);
        await File.WriteAllTextAsync(EdgeTokenKeyFile, EdgeTokenKey);
        await File.WriteAllTextAsync(OperatorKeyFile, OperatorKey);
    }

    /// <summary>What this class' Api is configured with besides.</summary>
    protected virtual IEnumerable<KeyValuePair<string, string>> OwnSettings => [];

    /// <summary>Services that this class' first Api has instead or besides.</summary>
    private protected virtual Action<IServiceCollection>? OwnServices => null;

    private Dictionary<string, string> Settings()
    {
        var settings = new Dictionary<string, string>
        {
            ["ConnectionStrings:embedstack-db"] = Database.ApiConnectionString,
            ["services:keycloak:http:0"] = Keycloak.Address,
            ["services:superset:http:0"] = Superset.Address,
            ["Keycloak:Realm"] = "embedstack",
            ["Keycloak:ClientId"] = KeycloakPeer.ClientId,
            ["KEYCLOAK_CLIENT_SECRET_FILE"] = ClientSecretFile,
            ["ASSERTION_KEY_FILE"] = AssertionKeyFile,
            ["DATA_PROTECTION_KEY_FILE"] = DataProtectionKeyFile,
            ["SERVICE_ACCOUNT_USERNAME"] = SupersetPeer.Username,
            ["SERVICE_ACCOUNT_PASSWORD_FILE"] = ServicePasswordFile,
            ["SUPERSET_INGRESS_SECRET"] = Superset.IngressSecret,
            ["Origins:App"] = AppOrigin,
            ["Origins:Embed"] = EmbedOrigin,
            ["Origins:Authors"] = AuthorsOrigin,
            ["Catalog:File"] = CatalogFile,
            ["GUEST_TOKEN_JWT_AUDIENCE"] = GuestTokenAudience,
            ["GUEST_TOKEN_JWT_SECRET_FILE"] = GuestTokenSecretFile,
            ["EDGE_TOKEN_KEY_FILE"] = EdgeTokenKeyFile,
            ["OPERATOR_KEY_FILE"] = OperatorKeyFile,
            ["Edge:Tokens"] = "direct", // most tests look at Superset's token
            ["Edge:DataAccess:Spool"] = Path.Combine(_directory, "data-access"),
            ["Edge:WarmUp:AfterChanges"] = "false",
            ["Edge:Assets:Directory"] = Path.Combine(_directory, "assets"),
            ["GuestTokens:Reuse"] = "false", // most tests look at what each request makes
            ["RateLimits:PersonBurst"] = "100000",
            ["RateLimits:TenantBurst"] = "100000",
            ["Logging:LogLevel:Default"] = "Warning",
        };
        foreach (var (name, value) in OwnSettings)
        {
            settings[name] = value;
        }

        return settings;
    }

    private async Task WaitForCatalogueAsync()
    {
        using var probe = new Browser(Api.EmbedPort, Settings()["Origins:Embed"]);
        await Eventually.TrueAsync("the catalogue is served", async () =>
        {
            using var answer = await probe.GetAsync($"/embedded/{ProbedEmbed}");
            return answer.StatusCode == System.Net.HttpStatusCode.OK;
        });
    }
}
