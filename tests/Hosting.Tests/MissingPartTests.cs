namespace EmbedStack.Hosting.Tests;

public sealed class MissingPartTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    [Fact]
    public void NamesResourcePartCauseAndNextStep()
    {
        var builder = DistributedApplication.CreateBuilder([]);
        builder.AddNativeKeycloak("keycloak", directory.Below("keycloak"), directory.Below("data")).WithSetupCommand("./setup");

        var missing = Assert.Single(builder.FindMissingParts());

        Assert.Equal(
            $"keycloak: Keycloak is missing: there is no distribution in {directory.Below("keycloak")}. Run: ./setup",
            missing.ToString());
    }

    [Fact]
    public void NamesAVirtualEnvironmentWithoutSuperset()
    {
        Directory.CreateDirectory(directory.Below("venv/bin"));
        Directory.CreateDirectory(directory.Below("venv/lib/python3.11/site-packages"));
        File.WriteAllText(directory.Below("venv/bin/python"), "");
        var builder = DistributedApplication.CreateBuilder([]);
        builder.AddNativeSuperset("superset", directory.Below("venv"), directory.Below("gunicorn.conf.py"));

        Assert.Contains("holds no 'superset'", Assert.Single(builder.FindMissingParts()).Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void NamesDataOfAnotherMajorVersion()
    {
        Directory.CreateDirectory(directory.Below("postgres"));
        File.WriteAllText(directory.Below("postgres/PG_VERSION"), "9\n");
        var builder = DistributedApplication.CreateBuilder([]);
        builder.AddNativePostgres("postgres", directory.Below("postgres"));

        Assert.Contains("were made by PostgreSQL 9", Assert.Single(builder.FindMissingParts()).Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StopsTheStartWithTheSameLine()
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = true });
        builder.AddNativeKeycloak("keycloak", directory.Below("keycloak"), directory.Below("data"));
        await using var app = builder.Build();

        var refusal = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.StartAsync(TestContext.Current.CancellationToken));

        Assert.StartsWith("keycloak: Keycloak is missing", refusal.Message, StringComparison.Ordinal);
    }

    public void Dispose() => directory.Dispose();
}
