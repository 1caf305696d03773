using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Health;

/// <summary>Runs one resource's health checks: every 30 s when healthy, after 1 to 5 s when not, and at once when its state changes.</summary>
internal sealed class ResourceHealthMonitor : IDisposable
{
    private static readonly TimeSpan HealthyInterval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan UnhealthyStep = TimeSpan.FromSeconds(1);

    private readonly IResource _resource;
    private readonly ResourceNotificationService _notifications;
    private readonly HealthCheckService _checks;
    private readonly IDistributedApplicationEventing _eventing;
    private readonly IServiceProvider _services;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop;
    private readonly SemaphoreSlim _changed = new(0, 1);
    private string? _lastState;

    internal ResourceHealthMonitor(ResourceEvent first, ResourceNotificationService notifications, HealthCheckService checks, IDistributedApplicationEventing eventing, IServiceProvider services, ILogger logger, CancellationToken stoppingToken)
    {
        (_resource, _notifications, _checks, _eventing, _services, _logger) = (first.Resource, notifications, checks, eventing, services, logger);
        _lastState = first.Snapshot.State?.Text;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
    }

    public void Dispose()
    {
        _stop.Dispose();
        _changed.Dispose();
    }

    internal void Start() => _ = Task.Run(RunAsync, CancellationToken.None);

    internal void Stop() => _stop.Cancel();

    internal void OnState(CustomResourceSnapshot snapshot)
    {
        if (snapshot.State?.Text == _lastState)
        {
            return;
        }

        _lastState = snapshot.State?.Text;
        if (_changed.CurrentCount == 0)
        {
            _changed.Release();
        }
    }

    private async Task RunAsync()
    {
        try
        {
            if (!_resource.TryGetAnnotationsIncludingAncestorsOfType<HealthCheckAnnotation>(out var annotations))
            {
                RaiseReady();
                return;
            }

            await CheckAsync(annotations.Select(a => a.Key).ToHashSet()).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The resource has ended.
        }
        catch (Exception ex)
        {
            _logger.LogError(ex, "The health checks of resource '{Resource}' ended unexpectedly.", _resource.Name);
        }
    }

    private async Task CheckAsync(HashSet<string> keys)
    {
        var failures = 0;
        var ready = false;
        while (true)
        {
            var report = await ReportAsync(keys).ConfigureAwait(false);
            failures = report.Status == HealthStatus.Healthy ? 0 : failures + 1;
            if (failures == 0 && !ready)
            {
                ready = true;
                RaiseReady();
            }

            var at = DateTime.UtcNow;
            await _notifications.PublishUpdateAsync(_resource, s => s with { HealthReports = Merge(s.HealthReports, report, at) }).ConfigureAwait(false);
            var delay = failures == 0 ? HealthyInterval : UnhealthyStep * Math.Min(failures, 5);
            if (await _changed.WaitAsync(delay, _stop.Token).ConfigureAwait(false))
            {
                // A changed state is checked soon, yet not more than once a second.
                await Task.Delay(UnhealthyStep, _stop.Token).ConfigureAwait(false);
            }
        }
    }

    private async Task<HealthReport> ReportAsync(HashSet<string> keys)
    {
        try
        {
            return await _checks.CheckHealthAsync(r => keys.Contains(r.Name), _stop.Token).ConfigureAwait(false);
        }
        catch (Exception ex) when (!_stop.IsCancellationRequested)
        {
            var entry = new HealthReportEntry(HealthStatus.Unhealthy, "Error calling HealthCheckService.", TimeSpan.Zero, ex, data: null);
            return new HealthReport(keys.ToDictionary(k => k, _ => entry), TimeSpan.Zero);
        }
    }

    private static ImmutableArray<HealthReportSnapshot> Merge(ImmutableArray<HealthReportSnapshot> known, HealthReport report, DateTime at)
    {
        foreach (var (key, entry) in report.Entries)
        {
            var snapshot = new HealthReportSnapshot(key, entry.Status, entry.Description, entry.Exception?.ToString()) { LastRunAt = at };
            var old = known.FirstOrDefault(r => r.Name == key);
            known = old is null ? known.Add(snapshot) : known.Replace(old, snapshot);
        }

        return known;
    }

    private void RaiseReady() => _ = Task.Run(
        async () =>
        {
            var handlers = _eventing.PublishAsync(new ResourceReadyEvent(_resource, _services), _stop.Token);
            await handlers.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (handlers.IsFaulted)
            {
                _logger.LogError(handlers.Exception!.GetBaseException(), "A ready handler of resource '{Resource}' failed.", _resource.Name);
            }

            await _notifications.PublishUpdateAsync(_resource, s => s with { ReadyHandlers = new ReadyHandlers(handlers) }).ConfigureAwait(false);
        },
        CancellationToken.None);
}
