using Npgsql;

namespace EmbedStack.ClinicData.Loading;

/// <summary>
/// Raises the data version 'clinic', so that caches forget the rows of the load before. The load remembers whether
/// that happened: a run that dies between the two databases is completed by the next.
/// </summary>
/// <param name="loader">clinic_loader in the database clinic.</param>
/// <param name="shared">clinic_loader in the database embedstack.</param>
/// <param name="log">Where the new version is said.</param>
internal sealed class Announcement(NpgsqlConnection loader, NpgsqlConnection shared, TextWriter log)
{
    /// <summary>Says that there are news, for <see cref="TellAsync"/> or the next run to tell.</summary>
    public Task RememberAsync(CancellationToken cancellation) =>
        loader.ExecuteAsync("update clinic_load.loads set announced_at = null", cancellation);

    /// <summary>
    /// Before rows are erased: what caches hold goes at once, and what they take in meanwhile when the news are told. A run
    /// that is killed in between leaves that to the next.
    /// </summary>
    public async Task ForewarnAsync(CancellationToken cancellation)
    {
        await RememberAsync(cancellation);
        await TellAsync(cancellation);
        await RememberAsync(cancellation);
    }

    public async Task TellAsync(CancellationToken cancellation)
    {
        await using var transaction = await loader.BeginTransactionAsync(cancellation);
        var open = await loader.ExecuteAsync(
            "update clinic_load.loads set announced_at = now() where announced_at is null", cancellation);
        if (open == 0)
        {
            return;
        }

        var version = await shared.ScalarAsync<long>(
            """
            insert into shared.data_version (name) values ('clinic')
            on conflict (name) do update set version = data_version.version + 1, changed_at = now()
            returning version
            """,
            cancellation);
        await transaction.CommitAsync(cancellation);
        log.WriteLine($"data version 'clinic' is {version}");
    }
}
