using System.Net;
using System.Net.Http.Headers;
using System.Threading.Channels;

namespace EmbedStack.Api.Alarms.Webhooks;

/// <summary>
/// Posts alarms to one address, one after the other. A receiver that is away is asked again, later each time; one that
/// stays away loses the oldest alarms, which the audit and the metrics keep.
/// </summary>
internal sealed partial class WebhookSender(
    WebhookSettings settings, WebhookPatience patience, IHttpClientFactory clients, TimeProvider time, AlarmMetrics metrics, ILogger logger)
{
    public const string Client = "alarm-webhook";
    private const int LongestQueue = 256;

    private readonly Channel<Alarm> _queue = Channel.CreateBounded<Alarm>(
        new BoundedChannelOptions(LongestQueue) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
        _ => metrics.Lose("queue-full"));

    public void Add(Alarm alarm) => _queue.Writer.TryWrite(alarm);

    public async Task RunAsync(CancellationToken stopping)
    {
        await foreach (var alarm in _queue.Reader.ReadAllAsync(stopping))
        {
            await DeliverAsync(alarm, stopping);
        }
    }

    private async Task DeliverAsync(Alarm alarm, CancellationToken stopping)
    {
        var body = WebhookBody.Of(alarm);
        for (var attempt = 1; ; attempt++)
        {
            var (delivered, again, answer) = await PostAsync(body, stopping);
            if (delivered)
            {
                return;
            }

            if (!again || attempt == patience.Attempts)
            {
                metrics.Lose(again ? "away" : "refused");
                LogLost(alarm.Kind, settings.Address.Host, attempt, answer);
                return;
            }

            await Task.Delay(patience.Pause(attempt), stopping);
        }
    }

    private async Task<(bool Delivered, bool Again, string Answer)> PostAsync(byte[] body, CancellationToken stopping)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(patience.Answer);
        using var request = new HttpRequestMessage(HttpMethod.Post, settings.Address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(WebhookSignature.Header, WebhookSignature.Of(body, settings.Secret.Value.Current, time.GetUtcNow()));
        try
        {
            using var response = await clients.CreateClient(Client).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return (response.IsSuccessStatusCode, MayPass(response.StatusCode), $"{(int)response.StatusCode}");
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException && !stopping.IsCancellationRequested)
        {
            return (false, true, exception.GetType().Name);
        }
    }

    private static bool MayPass(HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;

    [LoggerMessage(LogLevel.Error, "Alarm {Alarm} was not taken by {Host} in {Attempts} attempts: {Answer}")]
    private partial void LogLost(string alarm, string host, int attempts, string answer);
}
