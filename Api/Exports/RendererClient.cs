using System.Globalization;
using System.Net;
using System.Text.Json;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Exports;

/// <summary>Asks the renderer, once: what it could not render is for the person to ask again.</summary>
internal sealed partial class RendererClient(IHttpClientFactory clients, RendererSettings settings, ILogger<RendererClient> logger)
{
    public const string Name = "renderer";

    /// <summary>The header, the Api's own as well, that says how many charts show an error in the file, as they do on the page.</summary>
    public const string FailedChartsHeader = "X-Failed-Charts";

    private const string KeyHeader = "X-Renderer-Key";
    private const int LargestPicture = 64 * 1024 * 1024;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static void Configure(HttpClient client)
    {
        client.Timeout = Timeout.InfiniteTimeSpan; // the patience bounds each request
        client.MaxResponseContentBufferSize = LargestPicture;
    }

    public static SocketsHttpHandler CreateHandler() => new()
    {
        ConnectTimeout = TimeSpan.FromSeconds(3),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
    };

    /// <summary>Whether the stack has one at all.</summary>
    public bool IsThere => settings.Address is not null;

    /// <summary>Asks whether it has its browser.</summary>
    /// <exception cref="HttpRequestException">It is away, or without one.</exception>
    /// <exception cref="ProblemException">There is no renderer.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        using var client = clients.CreateClient(Name);
        using var answer = await client.GetAsync(new Uri(Address, "health"), cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <exception cref="ProblemException">There is no picture, and why.</exception>
    public async Task<RenderedFile> RenderAsync(RenderingOrder order, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(settings.Patience);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Address, "renderings")) { Content = JsonContent.Create(order, options: Json) };
        request.Headers.Add(KeyHeader, settings.Key);
        try
        {
            using var client = clients.CreateClient(Name);
            using var answer = await client.SendAsync(request, patience.Token);
            return answer.StatusCode == HttpStatusCode.OK
                ? new(await answer.Content.ReadAsByteArrayAsync(patience.Token), FailedCharts(answer))
                : throw new ProblemException(ProblemOf(answer.StatusCode));
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ProblemException(Problems.RenderingTimedOut, exception);
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw new ProblemException(Problems.RenderingTooLarge, exception);
        }
        catch (HttpRequestException exception)
        {
            throw new ProblemException(Problems.RendererUnavailable, exception);
        }
    }

    private Uri Address => settings.Address ?? throw new ProblemException(Problems.RendererUnavailable);

    private static int FailedCharts(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues(FailedChartsHeader, out var values) && int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : 0;

    private Problem ProblemOf(HttpStatusCode status)
    {
        switch (status)
        {
            case HttpStatusCode.TooManyRequests:
                return Problems.RendererBusy;
            case HttpStatusCode.UnprocessableEntity:
                return Problems.RenderingTooLarge;
            case HttpStatusCode.GatewayTimeout:
                return Problems.RenderingTimedOut;
            case HttpStatusCode.BadGateway or HttpStatusCode.Forbidden:
                return Problems.RenderingFailed;
            default:
                LogUnexpected((int)status);
                return Problems.RendererUnavailable;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The renderer answered {Status}")]
    private partial void LogUnexpected(int status);
}
