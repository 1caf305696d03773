using EmbedStack.Api.Persistence;
using Npgsql;

namespace EmbedStack.Api.Edge.Cache;

/// <summary>
/// Takes out of the shared cache what is over, what was made of rows that have been replaced since, and beyond its size what
/// ends first of those tenants that have more than their share.
/// </summary>
internal sealed partial class PostgresCacheSweeper(
    NpgsqlDataSource database, EdgeCacheSettings settings, TimeProvider time, ILogger<PostgresCacheSweeper> logger) : BackgroundService
{
    private const string Sweep = """
        with owned as (
            select key, expires_at, stored_at, length(value) as bytes, case when key like 'edge:%:%' then split_part(key, ':', 2) end as tenant from api.cache),
        sized as (
            select key, expires_at, stored_at, sum(bytes) over () as total,
                sum(bytes) over (partition by tenant order by expires_at desc, key) as own,
                (select count(distinct coalesce(tenant, '')) from owned) as tenants
            from owned)
        delete from api.cache using sized where cache.key = sized.key and (
            sized.expires_at < $1 or (sized.total > $2 and sized.own > $2 / sized.tenants)
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
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(exception.Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "What is over could not be taken out of the cache: {Cause}")]
    private partial void LogFailed(string cause);
}
