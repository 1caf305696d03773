namespace EmbedStack.Offline.Tests;

/// <summary>A backing service run as a process, with a child as a database server has databases.</summary>
internal sealed class ToyServer(string name) : ExecutableResource(name, "sh", "."), IResourceWithConnectionString
{
    public ReferenceExpression ConnectionStringExpression
        => ReferenceExpression.Create($"Host={Endpoint.Property(EndpointProperty.Host)};Port={Endpoint.Property(EndpointProperty.Port)}");

    public EndpointReference Endpoint => new(this, "tcp");
}

internal sealed class ToyDatabase(string name, ToyServer server, ParameterResource password)
    : Resource(name), IResourceWithParent<ToyServer>, IResourceWithConnectionString
{
    public ToyServer Parent => server;

    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{server};Password={password};Database=toy");

    private ReferenceExpression UriExpression => ReferenceExpression.Create(
        $"toy://user:{password:uri}@{server.Endpoint.Property(EndpointProperty.HostAndPort)}/toy");

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
    [
        new("Host", ReferenceExpression.Create($"{server.Endpoint.Property(EndpointProperty.Host)}")),
        new("DatabaseName", ReferenceExpression.Create($"toy")),
        new("Uri", UriExpression),
    ];
}

internal static class ToyStoreExtensions
{
    public static IResourceBuilder<ToyServer> AddToyServer(this IDistributedApplicationBuilder builder, string name)
        => builder.AddResource(new ToyServer(name))
            .WithArgs("-c", "exec sleep 600")
            .WithEndpoint(name: "tcp", env: "TOY_PORT");

    public static IResourceBuilder<ToyDatabase> AddToyDatabase(
        this IResourceBuilder<ToyServer> server, string name, IResourceBuilder<ParameterResource> password)
        => server.ApplicationBuilder.AddResource(new ToyDatabase(name, server.Resource, password.Resource));
}
