using System.Collections.Concurrent;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Health;

/// <summary>Runs the health checks of each resource while it runs.</summary>
internal sealed class ResourceHealthService(
    ResourceNotificationService notifications,
    HealthCheckService checks,
    IDistributedApplicationEventing eventing,
    IServiceProvider services,
    ILogger<ResourceHealthService> logger) : BackgroundService
{
    private readonly ConcurrentDictionary<string, ResourceHealthMonitor> _monitors = new(StringComparer.OrdinalIgnoreCase);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var state in notifications.WatchAsync(stoppingToken).ConfigureAwait(false))
            {
                OnState(state, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The AppHost ends.
        }
    }

    private void OnState(ResourceEvent state, CancellationToken stoppingToken)
    {
        var name = state.Resource.Name;
        var text = state.Snapshot.State?.Text;
        if (_monitors.TryGetValue(name, out var monitor))
        {
            monitor.OnState(state.Snapshot);
            if (KnownResourceStates.IsTerminal(text) && AllEnded(state.Resource))
            {
                _monitors.TryRemove(name, out _);
                monitor.Stop();
            }
        }
        else if (text == KnownResourceStates.Running)
        {
            monitor = new ResourceHealthMonitor(state, notifications, checks, eventing, services, logger, stoppingToken);
            _monitors[name] = monitor;
            monitor.Start();
        }
    }

    private bool AllEnded(IResource resource)
        => resource.GetInstanceNames().All(n => notifications.TryGetCurrentState(n, out var s) && KnownResourceStates.IsTerminal(s.Snapshot.State?.Text));
}
