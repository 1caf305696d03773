using EmbedStack.Api.Persistence;
using Npgsql;

namespace EmbedStack.Api.Revocations;

/// <summary>Takes revocations away that no living token can meet.</summary>
internal sealed partial class RevocationSweeper(NpgsqlDataSource database, ILogger<RevocationSweeper> logger) : BackgroundService
{
    // Not a plain delete: one that finds nothing would still tell all listeners to read.
    private const string Sweep = """
        do $$ begin
            if exists (select from shared.revocations where expires_at < now()) then
                delete from shared.revocations where expires_at < now();
            end if;
        end $$
        """;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await database.ExecuteAsync(Sweep, [], stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(exception.Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Revocations that are over could not be removed: {Cause}")]
    private partial void LogFailed(string cause);
}
