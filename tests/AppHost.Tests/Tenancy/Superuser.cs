using Aspire.Hosting.Testing;
using EmbedStack.AppHost.Tests.Stack;
using Npgsql;

namespace EmbedStack.AppHost.Tests.Tenancy;

/// <summary>The server's superuser, whom neither policies nor grants bind: the independent account of what is there.</summary>
internal static class Superuser
{
    public static async Task<T> ScalarAsync<T>(StackFixture stack, string resource, string sql, params object[] values) =>
        await ScalarAsync<T>(new NpgsqlConnectionStringBuilder(await stack.Application.GetConnectionStringAsync(resource)), sql, values);

    public static async Task<T> ScalarInAsync<T>(StackFixture stack, string database, string sql, params object[] values) =>
        await ScalarAsync<T>(
            new NpgsqlConnectionStringBuilder(await stack.Application.GetConnectionStringAsync(ResourceNames.ClinicDatabase)) { Database = database }, sql, values);

    private static async Task<T> ScalarAsync<T>(NpgsqlConnectionStringBuilder settings, string sql, object[] values)
    {
        settings.Pooling = false;
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
