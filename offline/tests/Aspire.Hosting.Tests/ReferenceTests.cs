namespace EmbedStack.Offline.Tests;

/// <summary>What a consumer's process finds in its environment.</summary>
public sealed class ReferenceTests
{
    [Fact]
    public async Task ConsumerFindsEndpointsConnectionStringsAndPropertiesInItsEnvironment()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create(["--Parameters:password=p@ss/w:rd"]);
        var password = builder.AddParameter("password", secret: true);
        var database = builder.AddToyServer("toy-server").AddToyDatabase("toy-db", password);
        var service = builder.AddProject<Projects.Toy_Service>("the-service")
            .WithHttpEndpoint()
            .WithHttpEndpoint(name: "admin")
            .WithHttpEndpoint(name: "internal")
            .WithEndpoint("internal", endpoint => endpoint.ExcludeReferenceEndpoint = true);
        builder.AddExecutable("consumer", "sh", ".", "-c", "env; exec sleep 600").WithReference(service).WithReference(database);

        await using var app = await builder.StartAsync();
        await app.WaitForStateAsync("consumer", KnownResourceStates.Running);
        var environment = app.Snapshot("consumer").EnvironmentVariables
            .Where(variable => variable.IsFromSpec)
            .ToDictionary(variable => variable.Name, variable => variable.Value);

        var http = app.GetEndpoint("the-service", "http").ToString().TrimEnd('/');
        Assert.Equal(http, environment["services__the-service__http__0"]);
        Assert.Equal(http, environment["THE_SERVICE_HTTP"]);
        Assert.Equal(app.GetEndpoint("the-service", "admin").ToString().TrimEnd('/'), environment["services__the-service__admin__0"]);
        Assert.DoesNotContain("services__the-service__internal__0", environment.Keys);

        var server = app.GetEndpoint("toy-server", "tcp");
        Assert.Equal($"Host=localhost;Port={server.Port};Password=p@ss/w:rd;Database=toy", environment["ConnectionStrings__toy-db"]);
        Assert.Equal(await app.GetConnectionStringAsync("toy-db"), environment["ConnectionStrings__toy-db"]);
        Assert.Equal("localhost", environment["TOY_DB_HOST"]);
        Assert.Equal("toy", environment["TOY_DB_DATABASENAME"]);
        Assert.Equal($"toy://user:p%40ss%2Fw%3Ard@localhost:{server.Port}/toy", environment["TOY_DB_URI"]);
    }

    [Fact]
    public async Task ProjectListensWhereItsEndpointSaysAndTellsTheOtelNamesOfItsInstance()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddProject<Projects.Toy_Service>("service").WithHttpEndpoint().WithHttpHealthCheck("/health");

        await using var app = await builder.StartAsync();
        var running = await app.WaitForHealthyAsync("service");
        using var client = app.CreateHttpClient("service");

        Assert.Equal("hello", await client.GetStringAsync("/"));
        Assert.Equal("service", await client.GetStringAsync("/env/OTEL_SERVICE_NAME"));
        Assert.Equal("http://localhost:4317", await client.GetStringAsync("/env/OTEL_EXPORTER_OTLP_ENDPOINT"));
        Assert.StartsWith("http://localhost:", await client.GetStringAsync("/env/ASPNETCORE_URLS"), StringComparison.Ordinal);
        Assert.Matches("^service-[a-z0-9]{8}$", running.ResourceId);
        Assert.Equal($"service.instance.id={running.ResourceId[8..]}", await client.GetStringAsync("/env/OTEL_RESOURCE_ATTRIBUTES"));
    }
}
