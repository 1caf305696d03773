using Npgsql;

namespace EmbedStack.Api.Persistence;

/// <summary>
/// Connections that wait for notifications: outside the pool, so that no crowd of requests can keep one from being opened
/// again, and quick to notice that the other end is gone.
/// </summary>
internal sealed class ListenerDatabase(NpgsqlDataSource database) : IAsyncDisposable
{
    public const string ApplicationName = "embedstack-api-listener";

    public NpgsqlDataSource Source { get; } = database;

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
