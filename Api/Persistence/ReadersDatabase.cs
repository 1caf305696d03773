using Npgsql;

namespace EmbedStack.Api.Persistence;

/// <summary>
/// Connections of those who read the audit, which may take the database seconds: few, and apart from those that mints need.
/// They write nothing.
/// </summary>
internal sealed class ReadersDatabase(NpgsqlDataSource database) : IAsyncDisposable
{
    public const string ApplicationName = "embedstack-api-readers";

    public NpgsqlDataSource Source { get; } = database;

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
