using Npgsql;

namespace EmbedStack.Api.Persistence;

/// <summary>
/// Reads at once, whenever Postgres tells of a change on one of the channels, and at the latest after a pause; for ever,
/// on a connection of its own that is made anew when it is lost.
/// </summary>
internal partial class ChannelFollower(ListenerDatabase database, ILogger<ChannelFollower> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <param name="channels">The channels, as SQL identifiers.</param>
    /// <param name="poll">The longest time between two reads.</param>
    /// <param name="read">Reads by the listening connection: what it read is what all notifications so far told of.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task FollowAsync(
        IReadOnlyList<string> channels, TimeSpan poll, Func<NpgsqlConnection, CancellationToken, Task> read, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
                await connection.ExecuteAsync(string.Concat(channels.Select(channel => $"listen {channel};")), [], cancellationToken);
                while (true)
                {
                    await read(connection, cancellationToken);
                    await WaitAsync(connection, poll, cancellationToken);
                }
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                LogAgain(channels[0], exception.Message);
                await Task.Delay(Pause, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Waits for a notification, and no longer than the pause between two reads.</summary>
    protected virtual Task WaitAsync(NpgsqlConnection connection, TimeSpan poll, CancellationToken cancellationToken) =>
        connection.WaitAsync(poll, cancellationToken);

    [LoggerMessage(LogLevel.Warning, "Changes of {Channel} could not be followed, trying again: {Cause}")]
    private partial void LogAgain(string channel, string cause);
}
