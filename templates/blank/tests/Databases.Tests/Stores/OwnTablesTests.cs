using Npgsql;

namespace EmbedStack.Databases.Tests.Stores;

/// <summary>The product's own tables at a later start than the first.</summary>
public sealed class OwnTablesTests : IAsyncLifetime
{
    private readonly Databases _databases = new();

    public ValueTask InitializeAsync() => _databases.InitializeAsync();

    public ValueTask DisposeAsync() => _databases.DisposeAsync();

    [Fact]
    public async Task TableThatCameLaterIsMadeAndRowsStayAsTheyAre()
    {
        await using var owner = await _databases.OpenAsync("customer", "customer_owner");
        var first = await RowsAsync(owner, "orders");
        await owner.ExecuteAsync("alter table orders rename to former; insert into former (tenant_id, ordered_on, region, amount) values ('northside', '2026-07-01', 'North', 1)");

        var run = await _databases.LoadAsync();

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(0, await RowsAsync(owner, "orders"));
        Assert.Equal(first + 1, await RowsAsync(owner, "former"));

        Assert.Equal(0, (await _databases.LoadAsync(["--reseed"])).ExitCode);
        Assert.Equal(first, await RowsAsync(owner, "orders"));
    }

    [Fact]
    public async Task BookkeepingOfAnEarlierVersionIsBroughtAlong()
    {
        await using var owner = await _databases.OpenAsync("customer", "customer_owner");
        await owner.ExecuteAsync("alter table erased_tenants drop column left_in; insert into erased_tenants values ('former')");

        Assert.Equal(0, (await _databases.LoadAsync()).ExitCode);

        Assert.Equal(["former "], await owner.ListAsync<string>("select format('%s %s', key, left_in) from erased_tenants"));
    }

    private static Task<long> RowsAsync(NpgsqlConnection connection, string table) => connection.ScalarAsync<long>($"select count(*) from {table}");
}
