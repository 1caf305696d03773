using EmbedStack.Api.Persistence;
using Npgsql;

namespace EmbedStack.Api.Edge.Cache;

/// <summary>
/// Takes out of the shared cache what is over, what was made of rows that have been replaced since, and beyond its size what
/// ends first.
/// </summary>
internal sealed partial class PostgresCacheSweeper(
    NpgsqlDataSource database, EdgeCacheSettings settings, TimeProvider time, ILogger<PostgresCacheSweeper> logger) : BackgroundService
{
    private const string Sweep = """
        with sized as (
            select key, expires_at, stored_at, sum(length(value)) over (order by expires_at desc, key) as bytes from api.cache)
        delete from api.cache using sized where cache.key = sized.key and (
            sized.expires_at < $1 or sized.bytes > $2
            or (sized.key like 'edge:%' and sized.stored_at < (select max(changed_at) from shared.data_version where name in ('superset', 'clinic'))))
        """;

    private const string SweepFlights = "delete from api.cache_flights where expires_at < now() - interval '1 minute'";
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(Sweep, [time.GetUtcNow(), settings.StoreBytes], cancellationToken);
        await connection.ExecuteAsync(SweepFlights, [], cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (NpgsqlException exception)
            {
                LogFailed(exception.Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "What is over could not be taken out of the cache: {Cause}")]
    private partial void LogFailed(string cause);
}
