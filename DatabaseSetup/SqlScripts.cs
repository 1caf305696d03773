using Npgsql;

namespace EmbedStack.DatabaseSetup;

/// <summary>Runs the SQL files that are embedded in this assembly, each in one transaction.</summary>
internal static class SqlScripts
{
    public static async Task RunScriptAsync(this NpgsqlConnection connection, string name, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await connection.RunAsync(Read(name), cancellation);
        await transaction.CommitAsync(cancellation);
    }

    public static async Task RunAsync(
        this NpgsqlConnection connection, string sql, CancellationToken cancellation, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static string Read(string name)
    {
        using var stream = typeof(SqlScripts).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"No SQL file {name} in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
