namespace Aspire.Hosting.Orchestration;

/// <summary>The application's life in the AppHost's.</summary>
internal sealed class OrchestratorService(ApplicationOrchestrator orchestrator) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => orchestrator.RunAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => orchestrator.StopAsync(cancellationToken);
}
