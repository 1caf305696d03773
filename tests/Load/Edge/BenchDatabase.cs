using EmbedStack.ServiceDefaults.Jobs;
using Npgsql;

namespace EmbedStack.Load.Edge;

/// <summary>What the server beneath says: the truth about rows, whence answers came, and that caches are to be empty.</summary>
/// <param name="connection">How its superuser connects to a database.</param>
internal sealed class BenchDatabase(Func<string, string> connection)
{
    private const string Counts = "select tenant_id, count(*) from clinic.appointment_facts group by tenant_id";
    private const string Sources = "select coalesce(source, 'refused'), count(*) from audit.data_access where at between $1 and $2 group by 1";
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(5);

    /// <summary>Each clinic's appointments, as whom no policy binds.</summary>
    public async Task<IReadOnlyDictionary<string, long>> CountAsync(CancellationToken cancellation) =>
        (await QueryAsync("clinic", Counts, [], cancellation)).ToDictionary();

    /// <summary>Whence the answers of a measurement came; the audit has them a second or so later.</summary>
    /// <exception cref="JobException">They are not there.</exception>
    public async Task<IReadOnlyDictionary<string, long>> SourcesAsync(EdgeMeasurement measured, CancellationToken cancellation)
    {
        for (var deadline = DateTime.UtcNow.AddSeconds(60); ; await Task.Delay(500, cancellation))
        {
            var sources = (await QueryAsync("embedstack", Sources, [measured.Began, measured.Ended], cancellation)).ToDictionary();
            if (sources.Values.Sum() >= measured.Charts - measured.Errors)
            {
                return sources;
            }

            if (DateTime.UtcNow > deadline)
            {
                throw new JobException($"the audit has {sources.Values.Sum()} of {measured.Charts} answers of {measured.Target}, {measured.State}, {measured.Viewers} viewers");
            }
        }
    }

    /// <summary>As after a load of new rows: nothing that anybody kept counts any more.</summary>
    public async Task EmptyCachesAsync(CancellationToken cancellation)
    {
        await QueryAsync(
            "embedstack", "update shared.data_version set version = version + 1, changed_at = now() where name = 'clinic' returning name, version", [], cancellation);
        await Task.Delay(Settled, cancellation);
    }

    private async Task<List<KeyValuePair<string, long>>> QueryAsync(string database, string sql, object[] values, CancellationToken cancellation)
    {
        await using var opened = new NpgsqlConnection(connection(database));
        await opened.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(sql, opened);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<KeyValuePair<string, long>>();
        while (await reader.ReadAsync(cancellation))
        {
            rows.Add(KeyValuePair.Create(reader.GetString(0), reader.GetInt64(1)));
        }

        return rows;
    }
}
