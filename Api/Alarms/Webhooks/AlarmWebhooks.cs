namespace EmbedStack.Api.Alarms.Webhooks;

/// <summary>Hands alarms to every configured address; none waits for another.</summary>
internal sealed class AlarmWebhooks(
    IReadOnlyList<WebhookSettings> settings, WebhookPatience patience, IHttpClientFactory clients, TimeProvider time, AlarmMetrics metrics,
    ILogger<AlarmWebhooks> logger) : BackgroundService, IAlarmListener
{
    private readonly WebhookSender[] _senders =
        [.. settings.Select(webhook => new WebhookSender(webhook, patience, clients, time, metrics, logger))];

    public void Rang(Alarm alarm)
    {
        foreach (var sender in _senders)
        {
            sender.Add(alarm);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(_senders.Select(sender => sender.RunAsync(stoppingToken)));
}
