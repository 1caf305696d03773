using EmbedStack.Api.Persistence;
using Npgsql;

namespace EmbedStack.Api.Dashboards;

/// <summary>
/// Holds the catalogue in memory and reads it again when Postgres tells of a change, at the latest after five seconds.
/// Nothing older than ten seconds is served.
/// </summary>
internal sealed partial class CatalogueSource : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(10);
    private readonly NpgsqlDataSource _database;
    private readonly CatalogueReader _reader;
    private readonly ChannelFollower _follower;
    private readonly TimeProvider _time;
    private readonly ILogger<CatalogueSource> _logger;
    private readonly SharedRead<Catalogue> _reads;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile Snapshot? _snapshot;

    public CatalogueSource(NpgsqlDataSource database, CatalogueReader reader, ChannelFollower follower, TimeProvider time, ILogger<CatalogueSource> logger)
    {
        (_database, _reader, _follower, _time, _logger) = (database, reader, follower, time, logger);
        _reads = new(ReadAsync);
    }

    public async ValueTask<Catalogue> GetAsync(CancellationToken cancellationToken) =>
        Fresh ?? await _reads.JoinAsync(cancellationToken);

    /// <summary>
    /// Reads now: what this instance itself has just written counts from the next request on. What is written stands, whoever
    /// has hung up: where it cannot be read, nothing is served until it can.
    /// </summary>
    public async Task RefreshAsync()
    {
        try
        {
            await ReadAsync();
        }
        catch (Exception exception)
        {
            _snapshot = null;
            LogUnread(_logger, exception.Message);
        }
    }

    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        _follower.FollowAsync(["catalog_ids", "dashboards", "entitlements"], Poll, ReadAsync, stoppingToken);

    private Catalogue? Fresh => _snapshot is { } snapshot && _time.GetUtcNow() - snapshot.ReadAt < Held ? snapshot.Catalogue : null;

    private async Task<Catalogue> ReadAsync()
    {
        await using var connection = await _database.OpenConnectionAsync(CancellationToken.None);
        return await ReadAsync(connection, CancellationToken.None);
    }

    // In turns: a read that began earlier must not replace what a later one found.
    private async Task<Catalogue> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var now = _time.GetUtcNow();
            var catalogue = await _reader.ReadAsync(connection, cancellationToken);
            _snapshot = new Snapshot(catalogue, now);
            return catalogue;
        }
        finally
        {
            _turn.Release();
        }
    }

    [LoggerMessage(LogLevel.Warning, "No dashboard is served until the catalogue can be read: {Cause}")]
    private static partial void LogUnread(ILogger logger, string cause);

    private sealed record Snapshot(Catalogue Catalogue, DateTimeOffset ReadAt);
}
