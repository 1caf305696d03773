namespace Aspire.Hosting.Dashboard;

/// <summary>Says where the dashboard is, once it answers.</summary>
internal sealed partial class DashboardStart(IConfiguration configuration, ILogger<DistributedApplication> logger)
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    public async Task AnnounceAsync(ResourceReadyEvent ready, CancellationToken cancellationToken)
    {
        var dashboard = (IResourceWithEndpoints)ready.Resource;
        var page = dashboard.GetEndpoints().Last(endpoint => endpoint.EndpointName is "http" or "https");
        var url = $"{page.Scheme}://{page.EndpointAnnotation.TargetHost}:{page.Port}";
        if (!await AnswersAsync(url, cancellationToken))
        {
            LogSilent(url);
            return;
        }

        LogListening(url);
        if (configuration[DashboardNames.BrowserToken] is { Length: > 0 } token)
        {
            LogLogin($"{url}/login?t={token}");
        }
    }

    private static async Task<bool> AnswersAsync(string url, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(_patience);
        while (!timeout.IsCancellationRequested)
        {
            try
            {
                using var response = await client.GetAsync($"{url}/health", timeout.Token);
                if (response.IsSuccessStatusCode)
                {
                    return true;
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
            {
            }

            await Task.Delay(200, CancellationToken.None);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return false;
    }

    [LoggerMessage(LogLevel.Warning, "The dashboard does not answer at {DashboardUrl}.")]
    private partial void LogSilent(string dashboardUrl);

    [LoggerMessage(LogLevel.Information, "Now listening on: {DashboardUrl}")]
    private partial void LogListening(string dashboardUrl);

    // dotnet watch and IDEs look for this wording.
    [LoggerMessage(LogLevel.Information, "Login to the dashboard at {LoginUrl}")]
    private partial void LogLogin(string loginUrl);
}
