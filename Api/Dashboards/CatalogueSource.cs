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
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly NpgsqlDataSource _database;
    private readonly CatalogueReader _reader;
    private readonly TimeProvider _time;
    private readonly ILogger<CatalogueSource> _logger;
    private readonly SharedRead<Catalogue> _reads;
    private volatile Snapshot? _snapshot;

    public CatalogueSource(NpgsqlDataSource database, CatalogueReader reader, TimeProvider time, ILogger<CatalogueSource> logger)
    {
        (_database, _reader, _time, _logger) = (database, reader, time, logger);
        _reads = new(() => ReadAsync(CancellationToken.None));
    }

    public async ValueTask<Catalogue> GetAsync(CancellationToken cancellationToken) =>
        Fresh ?? await _reads.JoinAsync(cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogAgain(exception.Message);
                await Task.Delay(Pause, stoppingToken);
            }
        }
    }

    private Catalogue? Fresh => _snapshot is { } snapshot && _time.GetUtcNow() - snapshot.ReadAt < Held ? snapshot.Catalogue : null;

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellationToken);
        await using var listen = new NpgsqlCommand("listen catalog_ids; listen dashboards; listen entitlements", connection);
        await listen.ExecuteNonQueryAsync(cancellationToken);
        while (true)
        {
            await ReadAsync(cancellationToken);
            await connection.WaitAsync(Poll, cancellationToken);
        }
    }

    private async Task<Catalogue> ReadAsync(CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var catalogue = await _reader.ReadAsync(cancellationToken);
        _snapshot = new Snapshot(catalogue, now);
        return catalogue;
    }

    [LoggerMessage(LogLevel.Warning, "The catalogue could not be read, trying again: {Cause}")]
    private partial void LogAgain(string cause);

    private sealed record Snapshot(Catalogue Catalogue, DateTimeOffset ReadAt);
}
