using EmbedStack.Api.Http;
using EmbedStack.Api.Persistence;
using Npgsql;

namespace EmbedStack.Api.Revocations;

/// <summary>
/// Holds all revocations in memory and reads them again when Postgres tells of one. Without word from Postgres it answers
/// for ten seconds more, and then not at all: who is refused must not get in because nobody could ask.
/// </summary>
internal sealed partial class RevocationSource(
    NpgsqlDataSource database, ChannelFollower follower, TimeProvider time, ILogger<RevocationSource> logger) : BackgroundService
{
    private const string Everything = """
        select kind, value, revoked_at, expires_at from shared.revocations where expires_at is null or expires_at > now()
        union all
        select 'person', subject, revoked_at, null from api.revoked_persons where by_leadership
        union all
        select 'member', tenant || '/' || subject, revoked_at, null from api.revoked_persons where not by_leadership
        union all
        select 'token', id::text, revoked_at, null from api.edge_grants where revoked_at is not null and expires_at > now()
        """;

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile RevocationSet? _set;
    private long _confirmedAt;

    /// <exception cref="ProblemException">Nothing has been heard of Postgres for too long.</exception>
    public RevocationSet Current =>
        _set is { } set && time.GetElapsedTime(Volatile.Read(ref _confirmedAt)) < Held ? set : throw new ProblemException(Problems.DatabaseUnavailable);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await ReadAsync(cancellationToken);
        Confirm(time.GetTimestamp());
        await base.StartAsync(cancellationToken);
    }

    /// <summary>
    /// Reads now: what this instance itself has just written counts from the next request on. What is written stands,
    /// whoever has hung up: where it cannot be read, nobody is let in until Postgres has told of it.
    /// </summary>
    public async Task RefreshAsync()
    {
        try
        {
            await ReadAsync(CancellationToken.None);
        }
        catch (Exception exception)
        {
            _set = null;
            LogUnread(exception.Message);
        }
    }

    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        follower.FollowAsync(["revocations", "revoked_persons", "edge_grants"], Poll, FollowAsync, stoppingToken);

    private async Task FollowAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var now = time.GetTimestamp();
        await ReadAsync(connection, cancellationToken);
        Confirm(now);
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await ReadAsync(connection, cancellationToken);
    }

    private void Confirm(long timestamp) => Volatile.Write(ref _confirmedAt, timestamp);

    // In turns: a read that began earlier must not replace what a later one found.
    private async Task ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            _set = new RevocationSet(await connection.QueryAsync(Everything, [], Read, cancellationToken));
        }
        finally
        {
            _turn.Release();
        }
    }

    private static Revocation Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetFieldValue<DateTimeOffset>(2),
        row.IsDBNull(3) ? null : row.GetFieldValue<DateTimeOffset>(3));

    [LoggerMessage(LogLevel.Warning, "Nobody is let in until revocations can be read: {Cause}")]
    private partial void LogUnread(string cause);
}
