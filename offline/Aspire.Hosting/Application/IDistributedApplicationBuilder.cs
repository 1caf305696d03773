using System.Reflection;

namespace Aspire.Hosting;

/// <summary>Builds an application.</summary>
public interface IDistributedApplicationBuilder
{
    /// <summary>The application's configuration.</summary>
    ConfigurationManager Configuration { get; }

    /// <summary>The AppHost's directory.</summary>
    string AppHostDirectory { get; }

    /// <summary>The AppHost's assembly.</summary>
    Assembly? AppHostAssembly { get; }

    /// <summary>Where the AppHost runs.</summary>
    IHostEnvironment Environment { get; }

    /// <summary>The AppHost's services.</summary>
    IServiceCollection Services { get; }

    /// <summary>The application's events.</summary>
    IDistributedApplicationEventing Eventing { get; }

    /// <summary>What is being done with the model.</summary>
    DistributedApplicationExecutionContext ExecutionContext { get; }

    /// <summary>The resources.</summary>
    IResourceCollection Resources { get; }

    /// <summary>Adds a resource.</summary>
    /// <param name="resource">The resource.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource's builder.</returns>
    /// <exception cref="DistributedApplicationException">There is one of this name.</exception>
    IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource;

    /// <summary>Configures a resource without adding it.</summary>
    /// <param name="resource">The resource.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource's builder.</returns>
    IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource;

    /// <summary>Builds the application.</summary>
    /// <returns>The application.</returns>
    DistributedApplication Build();
}
