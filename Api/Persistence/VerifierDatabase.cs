using Npgsql;

namespace EmbedStack.Api.Persistence;

/// <summary>
/// The connection of who verifies the audit, one at a time: each statement reads a whole day, which may take minutes. It writes
/// nothing.
/// </summary>
internal sealed class VerifierDatabase(NpgsqlDataSource database) : IAsyncDisposable
{
    public const string ApplicationName = "embedstack-api-verifier";

    /// <summary>Seconds that a statement may take: a day of millions of rows.</summary>
    public const int Patience = 300;

    public NpgsqlDataSource Source { get; } = database;

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
