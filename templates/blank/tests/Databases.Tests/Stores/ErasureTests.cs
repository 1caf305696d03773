using EmbedStack.CustomerData.Stores;
using Npgsql;

namespace EmbedStack.Databases.Tests.Stores;

/// <summary>Erasure where more than one table has a tenant's rows, and views show them.</summary>
public sealed class ErasureTests : IAsyncLifetime
{
    private const string Rows = "select string_agg(distinct tenant_id, ' ' order by tenant_id) from ";

    private readonly Databases _databases = new();

    public ValueTask InitializeAsync() => _databases.InitializeAsync();

    public ValueTask DisposeAsync() => _databases.DisposeAsync();

    [Fact]
    public async Task AllOfATenantsRowsGoOrNone()
    {
        var erasure = new TenantErasure(_databases.Customers, TextWriter.Null);
        await using var owner = await _databases.OpenAsync("customer", "customer_owner");
        await owner.ExecuteAsync(
            """
            create view figures with (security_invoker = true) as select tenant_id, sum(amount) as amount from orders group by tenant_id;
            create table journeys (tenant_id text not null, began_on date not null) partition by range (began_on);
            create table journeys_of_2026 partition of journeys for values from ('2026-01-01') to ('2027-01-01');
            insert into journeys select tenant_id, ordered_on from orders where ordered_on < '2027-01-01';
            create table refunds (tenant_id text not null, order_id bigint not null, constraint refunded foreign key (order_id) references orders);
            insert into refunds select tenant_id, order_id from orders;
            """);

        await Assert.ThrowsAsync<PostgresException>(() => erasure.EraseAsync("harbour", TestContext.Current.CancellationToken));
        Assert.Equal("harbour northside", await owner.ScalarAsync<string>(Rows + "journeys"));

        await owner.ExecuteAsync("alter table refunds drop constraint refunded, add foreign key (order_id) references orders on delete cascade");
        var proof = await erasure.EraseAsync("harbour", TestContext.Current.CancellationToken);

        Assert.True(proof.NothingLeft, string.Join(", ", proof.Left));
        Assert.Equal(
            ["customer.figures", "customer.journeys", "customer.orders", "customer.refunds"],
            proof.Places.Select(place => place.Place).Where(place => place.StartsWith("customer.", StringComparison.Ordinal) && place != "customer.erased_tenants"));
        foreach (var relation in new[] { "figures", "journeys", "orders", "refunds" })
        {
            Assert.Equal("northside", await owner.ScalarAsync<string>(Rows + relation));
        }
    }
}
