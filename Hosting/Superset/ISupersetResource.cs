namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// A resource that runs Apache Superset's code, wherever it runs: the web server, or a process that runs to completion
/// with the same configuration.
/// </summary>
public interface ISupersetResource
    : IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithServiceDiscovery, IResourceWithWaitSupport;
