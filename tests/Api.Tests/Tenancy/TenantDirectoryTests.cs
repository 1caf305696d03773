using EmbedStack.Api.Tenancy;
using EmbedStack.Api.Tests.Edge.Cache;
using EmbedStack.Api.Tests.Stack;
using Npgsql;

namespace EmbedStack.Api.Tests.Tenancy;

/// <summary>Tenants' records, without a question to Postgres while somebody waits.</summary>
public sealed class TenantDirectoryTests(CacheDatabase database) : IClassFixture<CacheDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RecordsAreFollowedAndNobodyWaitsForPostgres()
    {
        await TestCatalogue.AddTenantsAsync(database.Database);
        await using var nowhere = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=api;Timeout=1"); // whoever asks in line gets nothing
        var clock = new TestClock();
        using var tenants = new TenantDirectory(nowhere, database.Follower, clock);
        await tenants.StartAsync(Cancellation);
        await Eventually.TrueAsync("the tenants are read", () => KnowsAsync("northside"));

        await database.Database.ExecuteAsync("update shared.tenants set enabled = false where key = 'northside'");
        await Eventually.TrueAsync("the change is followed", async () => !await KnowsAsync("northside"));
        Assert.NotNull(await tenants.FindAsync("harbour", Cancellation));

        await tenants.StopAsync(Cancellation);
        clock.Advance(TimeSpan.FromSeconds(11));
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => tenants.FindAsync("harbour", Cancellation));

        async Task<bool> KnowsAsync(string key)
        {
            try
            {
                return await tenants.FindAsync(key, Cancellation) is not null;
            }
            catch (NpgsqlException)
            {
                return false;
            }
        }
    }
}
