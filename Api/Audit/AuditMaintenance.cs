using EmbedStack.Api.Persistence;
using Npgsql;

namespace EmbedStack.Api.Audit;

/// <summary>Has the database make the months ahead and drop those past retention: at start, then every hour.</summary>
internal sealed partial class AuditMaintenance(NpgsqlDataSource database, ILogger<AuditMaintenance> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        do
        {
            try
            {
                await database.ExecuteAsync("select audit.maintain()", [], stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogPutOff(exception.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(LogLevel.Warning, "The audit's upkeep waits for the next hour: {Cause}")]
    private partial void LogPutOff(string cause);
}
