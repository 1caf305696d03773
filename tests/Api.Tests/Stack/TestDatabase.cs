using Npgsql;

namespace EmbedStack.Api.Tests.Stack;

/// <summary>One database of the tests' server: what the Api sees of it, and the superuser's way in.</summary>
public sealed record TestDatabase(string ApiConnectionString, string SuperuserConnectionString)
{
    public static string ReadSchema(string name)
    {
        using var reader = new StreamReader(typeof(TestDatabase).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    public async Task ExecuteAsync(string sql, params object[] values)
    {
        await using var connection = await OpenAsync();
        await using var command = Command(connection, sql, values);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<List<Dictionary<string, object?>>> QueryAsync(string sql, params object[] values)
    {
        await using var connection = await OpenAsync();
        await using var command = Command(connection, sql, values);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<Dictionary<string, object?>>();
        while (await reader.ReadAsync())
        {
            rows.Add(Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, i => reader.IsDBNull(i) ? null : reader[i]));
        }

        return rows;
    }

    /// <summary>Keeps everybody else from a table until what is returned is disposed of.</summary>
    public async Task<IAsyncDisposable> LockAsync(string table)
    {
        var connection = await OpenAsync();
        await using var command = Command(connection, $"begin; lock table {table} in access exclusive mode", []);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(SuperuserConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
