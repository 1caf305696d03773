using Aspire.Hosting.Testing;
using EmbedStack.AppHost.Tests.Stack;
using Npgsql;

namespace EmbedStack.AppHost.Tests.Leak.Oracle;

/// <summary>The clinics' databases read as the server's superuser, whom no policy binds.</summary>
internal static class ClinicOracle
{
    public static async Task<NpgsqlConnection> OpenAsync(StackFixture stack, string database)
    {
        // Unpooled: a connection that lingers would stop a database from being copied.
        var login = new NpgsqlConnectionStringBuilder(await stack.Application.GetConnectionStringAsync(ResourceNames.ClinicDatabase))
        {
            Database = database, Pooling = false, CommandTimeout = 120,
        };
        var connection = new NpgsqlConnection(login.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    public static async Task<Rows> ReadAsync(StackFixture stack, string database, string sql)
    {
        await using var connection = await OpenAsync(stack, database);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var columns = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToArray();
        var lines = new List<string[]>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            lines.Add([.. Enumerable.Range(0, reader.FieldCount).Select(place => Cell.Of(reader.GetValue(place)))]);
        }

        return new Rows(columns, lines);
    }

    public static async Task ExecuteAsync(StackFixture stack, string database, string sql) => await ReadAsync(stack, database, sql);

    /// <summary>What a query over nothing but the person's own rows of a dataset would answer.</summary>
    public static async Task<Rows> OwnAsync(StackFixture stack, Person person, string dataset, Func<string, string> query)
    {
        var rows = await OwnTables.RowsAsync(stack, dataset, person) ?? throw new InvalidOperationException($"{person} sees nothing of {dataset}.");
        return await ReadAsync(stack, OwnTables.Database, query(rows));
    }
}
