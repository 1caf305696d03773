namespace EmbedStack.AppHost.ModelTests.Topology;

/// <summary>A consumer cannot tell in which runtime its backing services run.</summary>
public sealed class RuntimesAgree(Models models)
{
    private static readonly string[] OfTheCaller = ["PG", "PYTHON", "VIRTUAL_ENV", "HOME", "PATH", "GUNICORN", "FLASK"];

    public static TheoryData<string> Consumers => ["database-setup", "clinic-data", "superset-bootstrap", "superset", "api", "web"];

    public static TheoryData<string> ConnectionStrings => ["postgres", "keycloak-db", "superset-db", "embedstack-db", "clinic-db", "redis"];

    [Fact]
    public void ResourcesHaveTheSameNames() =>
        Assert.Equal(Names(models.Container), Names(models.Native));

    [Theory]
    [MemberData(nameof(Consumers))]
    public async Task ConsumersHaveTheSameEnvironmentNames(string name)
    {
        var container = await models.Container.EnvironmentOfAsync(name);
        var native = await models.Native.EnvironmentOfAsync(name);

        Assert.Equal(container.Keys.Where(IsOfTheStack).Order(), native.Keys.Where(IsOfTheStack).Order());
    }

    [Fact]
    public async Task KeycloakHasTheSameDatabaseAddressAndRealmValues()
    {
        var container = await models.Container.EnvironmentOfAsync("keycloak");
        var native = await models.Native.EnvironmentOfAsync("keycloak");
        string[] names =
        [
            "KC_DB", "KC_DB_URL", "KC_DB_USERNAME", "KC_DB_PASSWORD", "KC_BOOTSTRAP_ADMIN_USERNAME", "KC_BOOTSTRAP_ADMIN_PASSWORD",
            "KC_HOSTNAME", "APP_ORIGIN", "AUTHORS_ORIGIN", "API_CLIENT_SECRET", "NORTHSIDE_ADMIN_PASSWORD", "AUTHOR_PASSWORD",
        ];

        Assert.All(names, name => Assert.Contains(name, container.Keys));
        Assert.All(names, name => Assert.Contains(name, native.Keys));
    }

    [Fact]
    public void ResourcesHaveTheSameEndpoints() =>
        Assert.Equal(
            models.Container.Resources.SelectMany(resource => Endpoints(models.Container, resource)).Order(),
            models.Native.Resources.SelectMany(resource => Endpoints(models.Native, resource)).Order());

    [Fact]
    public void ResourcesWaitForTheSame() => Assert.Equal(Waits(models.Container), Waits(models.Native));

    [Theory]
    [MemberData(nameof(ConnectionStrings))]
    public void ConnectionPropertiesAreTheSame(string name) =>
        Assert.Equal(ConnectionProperties(models.Container, name), ConnectionProperties(models.Native, name));

    // A native process has its caller's environment, so the native runtime blanks and sets what containers do not have.
    private static bool IsOfTheStack(string name) =>
        !OfTheCaller.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal) && name != "PYTHONPATH");

    private static IEnumerable<string> Names(StackModel model) => model.Resources.Select(resource => resource.Name).Order();

    private static IEnumerable<string> Endpoints(StackModel model, IResource resource) =>
        model.EndpointsOf(resource.Name).Select(endpoint => $"{resource.Name} {endpoint.Name} {endpoint.UriScheme}");

    private static IEnumerable<string> Waits(StackModel model) => model.Resources
        .SelectMany(resource => model.WaitsOf(resource.Name), (resource, wait) => $"{resource.Name} {wait.WaitType} {wait.Resource.Name}")
        .Order();

    private static IEnumerable<string> ConnectionProperties(StackModel model, string name) =>
        ((IResourceWithConnectionString)model[name]).GetConnectionProperties().Select(property => property.Key).Distinct().Order();
}
