using Npgsql;

namespace EmbedStack.CustomerData.Loading;

/// <summary>Tells everyone who caches answers that rows may be others.</summary>
internal static class Announcement
{
    public static async Task TellAsync(NpgsqlConnection shared, TextWriter log, CancellationToken cancellation)
    {
        var version = await shared.ScalarAsync<long>(
            """
            insert into shared.data_version (name) values ('customer')
            on conflict (name) do update set version = data_version.version + 1, changed_at = now()
            returning version
            """,
            cancellation);
        log.WriteLine($"data version 'customer' is {version}");
    }
}
