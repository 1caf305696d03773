using Aspire.Hosting.Dcp.Model;

namespace Aspire.Hosting.Dcp;

/// <summary>What this run has in DCP.</summary>
internal sealed class DcpObjects
{
    internal List<ServiceObject> Services { get; } = [];

    internal List<Workload> Workloads { get; } = [];

    internal Workload? Find(string name) => Workloads.FirstOrDefault(w => string.Equals(w.Name, name, StringComparison.OrdinalIgnoreCase));
}

/// <summary>An endpoint of a resource and its service in DCP.</summary>
internal sealed class ServiceObject(IResource resource, EndpointAnnotation endpoint, DcpService service)
{
    internal IResource Resource => resource;

    internal EndpointAnnotation Endpoint => endpoint;

    internal DcpService Service { get; set; } = service;

    internal string Name => Service.Metadata.Name;
}

/// <summary>A process or container of a resource in DCP.</summary>
internal sealed class Workload(IResource resource, ResourceInstance instance, DcpObject value) : IDisposable
{
    private readonly TaskCompletionSource _initialized = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal IResource Resource => resource;

    internal ResourceInstance Instance => instance;

    internal DcpObject Object => value;

    internal string Name => instance.Name;

    internal bool IsContainer => value is DcpContainer;

    internal bool IsExplicitStart => resource.HasAnnotationOfType<ExplicitStartupAnnotation>();

    /// <summary>One operation at a time.</summary>
    internal SemaphoreSlim Gate { get; } = new(1, 1);

    /// <summary>Ends when the application's start has done with it.</summary>
    internal Task Initialized => _initialized.Task;

    public void Dispose() => Gate.Dispose();

    internal void SetInitialized() => _initialized.TrySetResult();
}
