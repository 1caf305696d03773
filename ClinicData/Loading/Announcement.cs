using Npgsql;

namespace EmbedStack.ClinicData.Loading;

/// <summary>
/// Raises the data version 'clinic', so that caches forget the rows of the load before. The load remembers whether
/// that happened: a run that dies between the two databases is completed by the next.
/// </summary>
internal sealed class Announcement(NpgsqlConnection loader, string shared, TextWriter log)
{
    public async Task TellAsync(CancellationToken cancellation)
    {
        await using var transaction = await loader.BeginTransactionAsync(cancellation);
        var open = await loader.ExecuteAsync(
            "update clinic_load.loads set announced_at = now() where announced_at is null", cancellation);
        if (open == 0)
        {
            return;
        }

        await using var connection = new NpgsqlConnection(shared);
        await connection.OpenAsync(cancellation);
        await using var raise = new NpgsqlCommand(
            """
            insert into shared.data_version (name) values ('clinic')
            on conflict (name) do update set version = data_version.version + 1, changed_at = now()
            returning version
            """,
            connection);
        var version = await raise.ExecuteScalarAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        log.WriteLine($"data version 'clinic' is {version}");
    }
}
