using System.Reflection;
using Aspire.Hosting.Eventing;

namespace Aspire.Hosting.Testing;

/// <summary>A testing builder around an ordinary one.</summary>
internal abstract class DelegatingTestingBuilder(DistributedApplicationBuilder inner) : IDistributedApplicationTestingBuilder
{
    public ConfigurationManager Configuration => inner.Configuration;

    public string AppHostDirectory => inner.AppHostDirectory;

    public Assembly? AppHostAssembly => inner.AppHostAssembly;

    public IHostEnvironment Environment => inner.Environment;

    public IServiceCollection Services => inner.Services;

    public DistributedApplicationExecutionContext ExecutionContext => inner.ExecutionContext;

    public IDistributedApplicationEventing Eventing => inner.Eventing;

    public IResourceCollection Resources => inner.Resources;

    protected DistributedApplicationBuilder Inner => inner;

    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource => inner.AddResource(resource);

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource => inner.CreateResourceBuilder(resource);

    public abstract DistributedApplication Build();

    public abstract Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default);

    public abstract void Dispose();

    public abstract ValueTask DisposeAsync();
}
