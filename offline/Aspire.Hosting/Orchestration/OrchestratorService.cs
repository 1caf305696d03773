namespace Aspire.Hosting.Orchestration;

/// <summary>The application's life in the AppHost's.</summary>
internal sealed class OrchestratorService(ApplicationOrchestrator orchestrator) : IHostedService
{
    private static readonly TimeSpan CleanUpLimit = TimeSpan.FromSeconds(30);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await orchestrator.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // A host whose start failed stops nothing: what has been started would live on until this process ends.
            using var patience = new CancellationTokenSource(CleanUpLimit);
            await orchestrator.StopAsync(patience.Token).ConfigureAwait(false);
            throw;
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => orchestrator.StopAsync(cancellationToken);
}
