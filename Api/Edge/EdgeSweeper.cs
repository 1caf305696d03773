using EmbedStack.Api.Edge.Exchange;
using EmbedStack.Api.Edge.Permalinks;

namespace EmbedStack.Api.Edge;

/// <summary>Deletes grants and tokens that have run out, and permalinks that nobody has used for long.</summary>
internal sealed partial class EdgeSweeper(
    EdgeGrantStore grants, SupersetTokenStore tokens, PermalinkStore permalinks, ILogger<EdgeSweeper> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await grants.RemoveExpiredAsync(stoppingToken);
                await tokens.RemoveExpiredAsync(stoppingToken);
                await permalinks.RemoveUnusedAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogLater(exception.Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Grants that are over are deleted next time: {Cause}")]
    private partial void LogLater(string cause);
}
