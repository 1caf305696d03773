
namespace EmbedStack.Api.Identity;

/// <summary>Deletes sessions that have run out.</summary>
internal sealed partial class SessionSweeper(SessionStore sessions, ILogger<SessionSweeper> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(10));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await sessions.RemoveExpiredAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogLater(exception.Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Expired sessions are deleted next time: {Cause}")]
    private partial void LogLater(string cause);
}
