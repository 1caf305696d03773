using Aspire.Hosting.Dcp.Model;
using Aspire.Hosting.Orchestration;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Dcp;

/// <summary>Runs the model on DCP.</summary>
internal sealed partial class DcpExecutor(
    DcpProcess process,
    DcpClient client,
    DcpObjects objects,
    DcpWatcher watcher,
    DcpLogs logs,
    DcpSnapshots snapshots,
    ServicePlan servicePlan,
    ExecutablePlan executablePlan,
    ContainerPlan containerPlan,
    ContainerRuntimeCheck containerRuntime,
    ResourceLifecycle lifecycle,
    ResourceLoggerService loggers,
    IOptions<DcpOptions> options,
    ILogger<DcpExecutor> logger) : IAsyncDisposable
{
    private static readonly TimeSpan AddressLimit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _end = new();
    private readonly HashSet<string> _connectionStringsTold = new(StringComparer.OrdinalIgnoreCase);
    private Task _background = Task.CompletedTask;
    private bool _isStarted;
    private int _isStopped;

    internal Workload Find(string name) => objects.Find(name) ?? throw new InvalidOperationException($"Resource '{name}' not found.");

    /// <summary>Starts all that starts with the application. Ends when all of it has been started, waits included.</summary>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        var kubeconfig = process.StartAsync(cancellationToken);
        servicePlan.Prepare();
        containerPlan.Prepare();
        executablePlan.Prepare();
        client.Connect(await kubeconfig.ConfigureAwait(false));
        _isStarted = true;
        if (containerPlan.HasContainers)
        {
            await containerRuntime.RequireAsync(cancellationToken).ConfigureAwait(false);
        }

        await lifecycle.InitializeAsync(cancellationToken).ConfigureAwait(false);
        _background = Task.WhenAll(watcher.RunAsync(_end.Token), logs.RunAsync(_end.Token));
        await Task.WhenAll(objects.Services.Select(s => client.CreateAsync(s.Service, cancellationToken))).ConfigureAwait(false);
        if (containerPlan.HasContainers)
        {
            await containerPlan.CreateNetworkAsync(cancellationToken).ConfigureAwait(false);
        }

        await Task.WhenAll(objects.Services.Select(s => AllocateAsync(s, cancellationToken))).ConfigureAwait(false);
        foreach (var resource in objects.Workloads.Select(w => w.Resource).Distinct().Where(EndpointAllocation.IsAllocated))
        {
            await lifecycle.EndpointsAllocatedAsync(resource, cancellationToken).ConfigureAwait(false);
        }

        var starts = objects.Workloads.GroupBy(w => w.Resource).Select(g => Task.Run(() => StartAllAsync(g.Key, [.. g], cancellationToken), cancellationToken));
        await Task.WhenAll(starts).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await StopAsync(patience.Token).ConfigureAwait(false);
        _end.Dispose();
    }

    private async Task AllocateAsync(ServiceObject service, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(AddressLimit);
        try
        {
            while (service.Endpoint.IsProxied && !service.Service.HasAddress)
            {
                service.Service = await client.GetAsync<DcpService>(service.Name, limit.Token).ConfigureAwait(false) ?? service.Service;
                if (!service.Service.HasAddress)
                {
                    await Task.Delay(PollInterval, limit.Token).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            logger.LogWarning("Unable to allocate a network port for service '{Service}'; service may be unreachable and its clients may not work properly.", service.Name);
        }

        EndpointAllocation.Allocate(service, options.Value);
    }

    private async Task StartAllAsync(IResource resource, IReadOnlyList<Workload> replicas, CancellationToken cancellationToken)
    {
        var log = loggers.GetLogger(resource);
        try
        {
            var isExplicit = replicas[0].IsExplicitStart;
            foreach (var replica in replicas)
            {
                var status = new EngineStatus(isExplicit ? KnownResourceStates.NotStarted : null, null, null);
                await lifecycle.ChangedAsync(resource, replica.Name, status, s => snapshots.Apply(resource, replica.Object, s) with { State = status.State }, cancellationToken).ConfigureAwait(false);
            }

            if (isExplicit)
            {
                return;
            }

            await TellConnectionStringAsync(resource, cancellationToken).ConfigureAwait(false);
            await lifecycle.StartingAsync(resource, replicas.Count == 1 ? replicas[0].Name : null, cancellationToken).ConfigureAwait(false);
            foreach (var replica in replicas)
            {
                await CreateAsync(replica, log, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception ex)
        {
            log.LogError(ex, "Failed to create resource {Resource}", resource.Name);
            await lifecycle.FailedToStartAsync(resource, null, isConfiguration: false).ConfigureAwait(false);
        }
        finally
        {
            foreach (var replica in replicas)
            {
                replica.SetInitialized();
            }
        }
    }

    private async Task CreateAsync(Workload workload, ILogger log, CancellationToken cancellationToken)
    {
        try
        {
            var create = workload.IsContainer ? containerPlan.CreateAsync(workload, log, cancellationToken) : executablePlan.CreateAsync(workload, log, cancellationToken);
            await create.ConfigureAwait(false);
        }
        catch (Exception ex) when (!cancellationToken.IsCancellationRequested)
        {
            log.LogError(ex, "Failed to create resource {Resource}", workload.Resource.Name);
            await lifecycle.FailedToStartAsync(workload.Resource, workload.Name, isConfiguration: ex is not (HttpRequestException or DcpException)).ConfigureAwait(false);
        }
    }

    /// <summary>Once a start, and only where the endpoints are known.</summary>
    private async Task TellConnectionStringAsync(IResource resource, CancellationToken cancellationToken)
    {
        lock (_connectionStringsTold)
        {
            if (!EndpointAllocation.IsAllocated(resource) || !_connectionStringsTold.Add(resource.Name))
            {
                return;
            }
        }

        await lifecycle.ConnectionStringAvailableAsync(resource, cancellationToken).ConfigureAwait(false);
    }
}
