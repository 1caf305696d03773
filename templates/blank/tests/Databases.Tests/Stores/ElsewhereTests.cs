using EmbedStack.CustomerData;
using EmbedStack.CustomerData.Stores;

namespace EmbedStack.Databases.Tests.Stores;

/// <summary>Rows that stand in a database of one's own, from the first start on.</summary>
public sealed class ElsewhereTests : IAsyncLifetime
{
    private static readonly Tenant Harbour = new() { Key = "harbour", Name = "Harbour", Kind = "customer", Isolation = "shared" };

    private readonly ShopDatabases _databases = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _databases.InitializeAsync();

    public ValueTask DisposeAsync() => _databases.DisposeAsync();

    [Fact]
    public async Task RecordsSayWhereAllCustomersRowsStandAndNothingIsMadeInTheStacksOwn()
    {
        Assert.Equal(["harbour shop.public", "northside shop.public"], await PlacesAsync());
        await using var owner = await _databases.OpenAsync("customer", "customer_owner");
        Assert.Equal(["erased_tenants"], await owner.ListAsync<string>("select tablename::text from pg_tables where schemaname = 'customer'"));

        // Added by the tool, which tenants.yaml does not know, before the rows went elsewhere.
        await new StoreProvisioner(_databases.Customers, TextWriter.Null).ProvisionAsync(new() { Key = "added", Name = "Added", Kind = "customer", Isolation = "shared" }, Cancellation);
        await using var loader = await _databases.OpenAsync("embedstack", "customer_loader");
        await loader.ExecuteAsync("update shared.tenants set database = 'customer', schema = 'customer' where key = 'added'");
        Assert.Equal(0, (await _databases.LoadElsewhereAsync()).ExitCode);
        Assert.Equal(["added shop.public", "harbour shop.public", "northside shop.public"], await PlacesAsync());
    }

    [Fact]
    public async Task ErasureSaysWhatItLeavesAndTheKeyIsNotGivenAgainUntilThatIsGone()
    {
        var storage = new StoreProvisioner(_databases.Customers, TextWriter.Null);
        var erasure = new TenantErasure(_databases.Customers, TextWriter.Null);

        // The second time there is no record any more that says where the rows stood.
        foreach (var _ in new[] { "first", "again" })
        {
            var proof = await erasure.EraseAsync(Harbour.Key, Cancellation);
            Assert.Equal(["shop.public"], proof.Unsearched.Select(place => place.Place));
            Assert.True(proof.NothingLeft);
        }

        Assert.Equal(["northside shop.public"], await PlacesAsync());
        Assert.Equal(0, (await _databases.LoadElsewhereAsync()).ExitCode);
        Assert.Equal(["northside shop.public"], await PlacesAsync());
        var refusal = await Assert.ThrowsAsync<CustomerDataException>(() => storage.CheckAsync(Harbour, Cancellation));
        Assert.Contains("but for its rows in shop.public", refusal.Message, StringComparison.Ordinal);

        await using var owner = await _databases.OpenAsync("customer", "customer_owner");
        await owner.ExecuteAsync("delete from erased_tenants where key = 'harbour'");
        await storage.CheckAsync(Harbour, Cancellation);
        Assert.Equal(new Store("shop", "public"), await storage.ProvisionAsync(Harbour, Cancellation));
    }

    private async Task<List<string>> PlacesAsync()
    {
        await using var loader = await _databases.OpenAsync("embedstack", "customer_loader");
        return await loader.ListAsync<string>("select format('%s %s.%s', key, database, schema) from shared.tenants where kind = 'customer' order by key");
    }

    // The same server stands for another: by its name and roles the database is a team's own.
    private sealed class ShopDatabases : Databases
    {
        public override async ValueTask InitializeAsync()
        {
            await Server.StartAsync();
            Assert.Equal("", (await SetUpAsync()).Error);
            await using (var server = await OpenSuperuserAsync("postgres"))
            {
                await server.ExecuteAsync("create database shop");
            }

            await using (var shop = await OpenSuperuserAsync("shop"))
            {
                await shop.ExecuteAsync("create table orders as select 'northside' as tenant_id, date '2026-03-01' as ordered_on, 'Coast' as region, 10.0 as amount");
                await shop.ExecuteAsync(SqlFiles.Read("walls.sql"));
            }

            var run = await LoadElsewhereAsync();
            Assert.Equal((0, ""), (run.ExitCode, run.Error));
        }

        public Task<ProgramResult> LoadElsewhereAsync() => LoadAsync(
            ("ConnectionStrings__customer-db-reader", ConnectionString("shop", "customer_reader")),
            ("ConnectionStrings__customer-db-author", ConnectionString("shop", "customer_author")),
            ("CustomerData__Schema", "public"),
            ("CustomerData__Elsewhere", "true"));
    }
}
