using Npgsql;

namespace EmbedStack.Api.Audit;

internal static class NpgsqlBatchExtensions
{
    public static void Add(this NpgsqlBatch batch, string sql, object?[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        }

        batch.BatchCommands.Add(command);
    }
}
