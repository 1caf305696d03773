using Aspire.Hosting.Testing;
using EmbedStack.AppHost.Tests.Tenancy;
using Npgsql;

namespace EmbedStack.AppHost.Tests.Stack;

/// <summary>The customer database: as the server's superuser, the independent account of what each tenant owns; and as its reader.</summary>
internal static class CustomerDatabase
{
    /// <summary>Asks as the role behind the dashboards, with a guest's claims on the connection or without any.</summary>
    public static async Task<T> AsReaderAsync<T>(StackFixture stack, string? claims, string sql)
    {
        var settings = new NpgsqlConnectionStringBuilder(await stack.Application.GetConnectionStringAsync(ResourceNames.CustomerDatabase))
        {
            Username = "customer_reader",
            Password = await stack.ParameterAsync("db-customer-reader-password"),
            Options = claims,
            Pooling = false,
        };
        await using var reader = NpgsqlDataSource.Create(settings);
        await using var command = reader.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    public static Task<long> OrdersAsync(StackFixture stack, string tenant) =>
        ScalarAsync<long>(stack, "select count(*) from customer.orders where tenant_id = $1", tenant);

    public static Task<decimal> RevenueAsync(StackFixture stack, string tenant) =>
        ScalarAsync<decimal>(stack, "select sum(amount) from customer.orders where tenant_id = $1", tenant);

    /// <summary>Each value of a column or grain with its revenue, as "North|1234.50", in ordinal order.</summary>
    public static Task<string[]> RevenueByAsync(StackFixture stack, string tenant, string expression) =>
        ScalarAsync<string[]>(
            stack,
            $"""
            select array_agg(line order by line collate "C")
            from (select concat_ws('|', {expression}, sum(amount)) as line from customer.orders where tenant_id = $1 group by {expression}) lines
            """,
            tenant);

    private static Task<T> ScalarAsync<T>(StackFixture stack, string sql, string tenant) =>
        Superuser.ScalarAsync<T>(stack, ResourceNames.CustomerDatabase, sql, tenant);
}
