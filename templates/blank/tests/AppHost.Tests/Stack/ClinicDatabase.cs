using Aspire.Hosting.Testing;
using Npgsql;

namespace EmbedStack.AppHost.Tests.Stack;

/// <summary>The customer database: as the server's superuser, the independent account of what each tenant owns; and as its reader.</summary>
internal static class CustomerDatabase
{
    public static async Task<T> ScalarAsync<T>(StackFixture stack, string sql, params (string Name, object Value)[] parameters)
    {
        await using var connection = new NpgsqlConnection(await ConnectionAsync(stack));
        return await ScalarAsync<T>(connection, sql, parameters);
    }

    /// <summary>Asks as the role behind the dashboards, with a guest's claims on the connection or without any.</summary>
    public static async Task<T> AsReaderAsync<T>(StackFixture stack, string? claims, string sql)
    {
        var settings = new NpgsqlConnectionStringBuilder(await ConnectionAsync(stack))
        {
            Username = "customer_reader",
            Password = await stack.ParameterAsync("db-customer-reader-password"),
            Options = claims,
            Pooling = false,
        };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        return await ScalarAsync<T>(connection, sql);
    }

    public static Task<long> OrdersAsync(StackFixture stack, string tenant) =>
        ScalarAsync<long>(stack, "select count(*) from customer.orders where tenant_id = @tenant", ("tenant", tenant));

    public static Task<decimal> RevenueAsync(StackFixture stack, string tenant) =>
        ScalarAsync<decimal>(stack, "select sum(amount) from customer.orders where tenant_id = @tenant", ("tenant", tenant));

    /// <summary>Each value of a column or grain with its revenue, as "North|1234.50", in ordinal order.</summary>
    public static Task<string[]> RevenueByAsync(StackFixture stack, string tenant, string expression) =>
        ScalarAsync<string[]>(
            stack,
            $"""
            select array_agg(line order by line collate "C")
            from (select concat_ws('|', {expression}, sum(amount)) as line from customer.orders where tenant_id = @tenant group by {expression}) lines
            """,
            ("tenant", tenant));

    private static async Task<string> ConnectionAsync(StackFixture stack) =>
        (await stack.Application.GetConnectionStringAsync(ResourceNames.CustomerDatabase))!;

    private static async Task<T> ScalarAsync<T>(NpgsqlConnection connection, string sql, params (string Name, object Value)[] parameters)
    {
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
