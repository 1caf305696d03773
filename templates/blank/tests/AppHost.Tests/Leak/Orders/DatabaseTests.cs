using EmbedStack.AppHost.Tests.Stack;
using Npgsql;

namespace EmbedStack.AppHost.Tests.Leak.Orders;

/// <summary>The last wall by itself: the database answers the reader by the claims on its connection.</summary>
[Trait("Category", "Smoke")]
public sealed class DatabaseTests(StackFixture stack)
{
    private const string Tenants = "select coalesce(string_agg(distinct tenant_id, ','), '') from customer.orders";

    [Theory]
    [InlineData("northside", "admin")]
    [InlineData("northside", "staff")]
    [InlineData("harbour", "admin")]
    public async Task ClaimsOpenTheRowsOfOneTenant(string tenant, string role)
    {
        var claims = $"-c app.tenant_id={tenant} -c app.role={role}";

        Assert.Equal(tenant, await CustomerDatabase.AsReaderAsync<string>(stack, claims, Tenants));
        Assert.Equal(
            await CustomerDatabase.OrdersAsync(stack, tenant),
            await CustomerDatabase.AsReaderAsync<long>(stack, claims, "select count(tenant_id) from customer.orders"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("-c app.tenant_id=northside")]
    [InlineData("-c app.tenant_id=northside -c app.role=network")]
    [InlineData("-c app.tenant_id=northside -c app.role=member")]
    [InlineData("-c app.tenant_id=nobody -c app.role=admin")]
    [InlineData("-c app.tenant_id= -c app.role=admin")]
    [InlineData("-c app.role=admin")]
    public async Task OtherClaimsOpenNone(string? claims) => Assert.Equal("", await CustomerDatabase.AsReaderAsync<string>(stack, claims, Tenants));

    [Theory]
    [InlineData("update customer.orders set amount = 0")]
    [InlineData("delete from customer.orders")]
    [InlineData("select order_id from customer.orders")]
    [InlineData("select set_config('app.tenant_id', 'harbour', false)")]
    [InlineData("select query_to_xml('select 1', false, false, '')::text")]
    [InlineData("select pg_sleep(1)::text")]
    [InlineData("select key from customer.erased_tenants")]
    public async Task TheReaderReadsOrdersAndNothingElse(string sql)
    {
        var refusal = await Assert.ThrowsAsync<PostgresException>(
            () => CustomerDatabase.AsReaderAsync<object>(stack, "-c app.tenant_id=northside -c app.role=admin", sql));
        Assert.Contains(refusal.SqlState, (string[])[PostgresErrorCodes.InsufficientPrivilege, PostgresErrorCodes.ReadOnlySqlTransaction]);
    }
}
