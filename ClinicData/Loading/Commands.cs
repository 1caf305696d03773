using Npgsql;

namespace EmbedStack.ClinicData.Loading;

internal static class Commands
{
    public static async Task<int> ExecuteAsync(
        this NpgsqlConnection connection, string sql, CancellationToken cancellation, params object[] values)
    {
        await using var command = Create(connection, sql, values);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    public static async Task<T?> ScalarAsync<T>(
        this NpgsqlConnection connection, string sql, CancellationToken cancellation, params object[] values)
    {
        await using var command = Create(connection, sql, values);
        return await command.ExecuteScalarAsync(cancellation) is T value ? value : default;
    }

    public static async Task<List<T>> ListAsync<T>(
        this NpgsqlConnection connection, string sql, CancellationToken cancellation, params object[] values)
    {
        await using var command = Create(connection, sql, values);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation))
        {
            rows.Add(await reader.GetFieldValueAsync<T>(0, cancellation));
        }

        return rows;
    }

    /// <summary>Unqualified names mean that schema from here on.</summary>
    public static Task UseSchemaAsync(this NpgsqlConnection connection, string schema, CancellationToken cancellation) =>
        connection.SetAsync("search_path", schema, cancellation);

    /// <summary>What the SQL files read with current_setting, for the rest of the session.</summary>
    public static async Task SetAsync(
        this NpgsqlConnection connection, string setting, string value, CancellationToken cancellation) =>
        await connection.ScalarAsync<string>("select set_config($1, $2, false)", cancellation, setting, value);

    private static NpgsqlCommand Create(NpgsqlConnection connection, string sql, object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return command;
    }
}
