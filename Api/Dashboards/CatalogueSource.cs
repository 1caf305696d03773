using Npgsql;

namespace EmbedStack.Api.Dashboards;

/// <summary>
/// Holds the catalogue in memory and reads it again when Postgres tells of a change, at the latest after five seconds.
/// Nothing older than ten seconds is served.
/// </summary>
internal sealed partial class CatalogueSource(
    NpgsqlDataSource database, CatalogueReader reader, TimeProvider time, ILogger<CatalogueSource> logger) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile Snapshot? _snapshot;

    public async ValueTask<Catalogue> GetAsync(CancellationToken cancellationToken)
    {
        if (Fresh is { } catalogue)
        {
            return catalogue;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            return Fresh ?? await ReadAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

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

    private Catalogue? Fresh => _snapshot is { } snapshot && time.GetUtcNow() - snapshot.ReadAt < Held ? snapshot.Catalogue : null;

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var listen = new NpgsqlCommand("listen catalog_ids; listen entitlements", connection);
        await listen.ExecuteNonQueryAsync(cancellationToken);
        while (true)
        {
            await ReadAsync(cancellationToken);
            await connection.WaitAsync(Poll, cancellationToken);
        }
    }

    private async Task<Catalogue> ReadAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var catalogue = await reader.ReadAsync(cancellationToken);
        _snapshot = new Snapshot(catalogue, now);
        return catalogue;
    }

    [LoggerMessage(LogLevel.Warning, "The catalogue could not be read, trying again: {Cause}")]
    private partial void LogAgain(string cause);

    private sealed record Snapshot(Catalogue Catalogue, DateTimeOffset ReadAt);
}
