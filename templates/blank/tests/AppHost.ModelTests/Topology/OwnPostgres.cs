using Aspire.Hosting.Testing;

namespace EmbedStack.AppHost.ModelTests.Topology;

/// <summary>One connection string has the rows read from a database that is not the stack's.</summary>
public sealed class OwnPostgres
{
    private const string Elsewhere = "Host=db.example;Port=6543;Database=shop;Password=readers;Author Password=authors;Search Path=sales";

    [Fact]
    public async Task ReadersGoThereAndNothingElseDoes()
    {
        await using var model = await ModelAsync(Elsewhere);

        foreach (var process in new[] { "superset", "superset-bootstrap" })
        {
            var environment = await model.EnvironmentOfAsync(process);
            Assert.Equal("db.example", await TextAsync(environment["CUSTOMER_DB_HOST"]));
            Assert.Equal("6543", await TextAsync(environment["CUSTOMER_DB_PORT"]));
            Assert.Equal("shop", await TextAsync(environment["CUSTOMER_DB_DATABASENAME"]));
            Assert.Equal("customer_reader", await TextAsync(environment["CUSTOMER_DB_USERNAME"]));
            Assert.Equal("readers", await TextAsync(environment["CUSTOMER_DB_PASSWORD"]));
            Assert.Equal("customer_author", await TextAsync(environment["CUSTOMER_AUTHOR_USERNAME"]));
            Assert.Equal("authors", await TextAsync(environment["CUSTOMER_AUTHOR_PASSWORD"]));
        }

        var loader = await model.EnvironmentOfAsync("customer-data");
        Assert.Equal(
            "Host=db.example;Port=6543;Username=customer_reader;Password=readers;Database=shop",
            await TextAsync(loader["ConnectionStrings__customer-db-reader"]));
        Assert.Equal("true", await TextAsync(loader["CustomerData__Elsewhere"]));
        Assert.Equal("sales", await TextAsync(loader["CustomerData__Schema"]));
    }

    [Theory]
    [InlineData("SSL Mode=verify-full;Root Certificate=/etc/authority.pem", ";SSL Mode=VerifyFull;Root Certificate=/etc/authority.pem", "?sslmode=verify-full&sslrootcert=/etc/authority.pem", "verify-full", "/etc/authority.pem")]
    [InlineData("SSL Mode=Require", ";SSL Mode=Require", "?sslmode=require", "require", null)]
    public async Task BothReadersConnectAsIsSaidOfTls(string given, string npgsql, string query, string mode, string? certificate)
    {
        await using var model = await ModelAsync($"{Elsewhere};{given}");

        foreach (var process in new[] { "superset", "superset-bootstrap" })
        {
            var environment = await model.EnvironmentOfAsync(process);
            Assert.Equal(mode, environment.TryGetValue("CUSTOMER_DB_SSLMODE", out var value) ? await TextAsync(value) : null);
            Assert.Equal(certificate, environment.TryGetValue("CUSTOMER_DB_SSLROOTCERT", out value) ? await TextAsync(value) : null);
            Assert.EndsWith($"db.example:6543/shop{query}", await TextAsync(environment["CUSTOMER_DB_URI"]), StringComparison.Ordinal);
            Assert.DoesNotContain("SUPERSET_DB_SSLMODE", environment.Keys);
        }

        var loader = await model.EnvironmentOfAsync("customer-data");
        foreach (var name in new[] { "reader", "author" })
        {
            Assert.EndsWith($"Database=shop{npgsql}", await TextAsync(loader[$"ConnectionStrings__customer-db-{name}"]), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Host=db.example;Database=shop;Author Password=authors", "has no password")]
    [InlineData("Host=db.example;Database=shop;Password=readers", "has no author password")]
    [InlineData($"{Elsewhere};Username=root", "has a part that it does not take")]
    [InlineData($"{Elsewhere};SslMode=Require", "has a part that it does not take")]
    [InlineData("Host=db.example;Database=shop;Author Password=authors;Password=the;readers=own", "has a part that it does not take")]
    [InlineData($"{Elsewhere};SSL Mode=safe", "does not know this ssl mode")]
    [InlineData($"{Elsewhere};SSL Mode=VerifyFull", "needs a root certificate with VerifyCA and VerifyFull")]
    [InlineData($"{Elsewhere};SSL Mode=Require;Root Certificate=/etc/authority.pem", "and with nothing else")]
    [InlineData($"{Elsewhere};Root Certificate=/etc/authority.pem", "and with nothing else")]
    [InlineData("Host=db.example;Database=shop;Author Password=authors;Password=\"readers;Host=other\"", "cannot carry a password with ;")]
    [InlineData("what is this?", "is no connection string")]
    public async Task WhatIsMissingIsNamedAndNoPasswordIs(string text, string said)
    {
        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => ModelAsync(text));
        Assert.Contains(said, refusal.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("readers", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task<string?> TextAsync(object value) =>
        value is IValueProvider provider ? await provider.GetValueAsync(TestContext.Current.CancellationToken) : value.ToString();

    private static async Task<StackModel> ModelAsync(string text) => new(await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
        ["--EmbedStack:Runtime=native", "--EmbedStack:Persist=false", $"--EmbedStack:CustomerDb={text}"], TestContext.Current.CancellationToken));
}
