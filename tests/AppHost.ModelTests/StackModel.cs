using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EmbedStack.AppHost.ModelTests;

/// <summary>What the tests ask of a model.</summary>
public sealed class StackModel : IAsyncDisposable
{
    private readonly IDistributedApplicationTestingBuilder _builder;
    private readonly ServiceProvider _services;
    private readonly DistributedApplicationExecutionContext _context;

    public StackModel(IDistributedApplicationTestingBuilder builder)
    {
        _builder = builder;
        _services = builder.Services.BuildServiceProvider();
        _context = new(new DistributedApplicationExecutionContextOptions(DistributedApplicationOperation.Run) { Services = _services });
    }

    /// <summary>Everything but parameters, and but what waits for a person to start it.</summary>
    public IEnumerable<IResource> Resources => _builder.Resources
        .Where(resource => resource is not ParameterResource && !resource.Annotations.OfType<ExplicitStartupAnnotation>().Any());

    public IEnumerable<ParameterResource> Parameters => _builder.Resources.OfType<ParameterResource>();

    public IResource this[string name] => _builder.Resources.Single(resource => resource.Name == name);

    /// <summary>The resource's environment, with what its values are made of left as it is.</summary>
    public async Task<IReadOnlyDictionary<string, object>> EnvironmentOfAsync(string name)
    {
        var variables = new Dictionary<string, object>();
        var context = new EnvironmentCallbackContext(_context, this[name], variables);
        foreach (var callback in this[name].Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            await callback.Callback(context);
        }

        return variables;
    }

    public async Task<IReadOnlyList<object>> ArgumentsOfAsync(string name)
    {
        List<object> arguments = [];
        var context = new CommandLineArgsCallbackContext(arguments, this[name]) { ExecutionContext = _context };
        foreach (var callback in this[name].Annotations.OfType<CommandLineArgsCallbackAnnotation>())
        {
            await callback.Callback(context);
        }

        return arguments;
    }

    /// <summary>What the container runtime is told beside the container's own.</summary>
    public async Task<IReadOnlyList<string>> RuntimeArgumentsOfAsync(string name)
    {
        List<object> arguments = [];
        foreach (var callback in this[name].Annotations.OfType<ContainerRuntimeArgsCallbackAnnotation>())
        {
            await callback.Callback(new ContainerRuntimeArgsCallbackContext(arguments));
        }

        return [.. arguments.Cast<string>()];
    }

    public IEnumerable<EndpointAnnotation> EndpointsOf(string name) => this[name].Annotations.OfType<EndpointAnnotation>();

    /// <summary>The port of this machine that an endpoint was given. Without a proxy it answers its process' port where there is none.</summary>
    public static int? FixedPortOf(EndpointAnnotation endpoint)
    {
        var isProxied = endpoint.IsProxied;
        endpoint.IsProxied = true;
        var port = endpoint.Port;
        endpoint.IsProxied = isProxied;
        return port;
    }

    public IEnumerable<WaitAnnotation> WaitsOf(string name) => this[name].Annotations.OfType<WaitAnnotation>();

    /// <summary>What must be ready before the resource starts, directly or by way of others; children bring their parents.</summary>
    public IReadOnlySet<string> EverythingBefore(string name)
    {
        var found = new HashSet<string>();
        Add(this[name]);
        return found;

        void Add(IResource resource)
        {
            var before = resource.Annotations.OfType<WaitAnnotation>().Select(wait => wait.Resource);
            if (resource is IResourceWithParent child)
            {
                before = before.Append(child.Parent);
            }

            foreach (var dependency in before)
            {
                if (found.Add(dependency.Name))
                {
                    Add(dependency);
                }
            }
        }
    }

    /// <summary>Whether others wait for the resource's end, rather than for its health.</summary>
    public bool RunsToCompletion(IResource resource) => Resources
        .SelectMany(other => other.Annotations.OfType<WaitAnnotation>())
        .Any(wait => wait.WaitType == WaitType.WaitForCompletion && wait.Resource.Name == resource.Name);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _builder.DisposeAsync();
    }
}
