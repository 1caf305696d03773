using System.Diagnostics;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Sets environment variables when the resource starts.</summary>
[DebuggerDisplay("Type = {GetType().Name,nq}")]
public class EnvironmentCallbackAnnotation : IResourceAnnotation
{
    /// <summary>Sets one variable.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="callback">Gives the value.</param>
    public EnvironmentCallbackAnnotation(string name, Func<string> callback)
        : this(context => context.EnvironmentVariables[name] = callback())
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(callback);
    }

    /// <summary>Sets variables.</summary>
    /// <param name="callback">Sets them.</param>
    public EnvironmentCallbackAnnotation(Action<Dictionary<string, object>> callback)
        : this(context => callback(context.EnvironmentVariables))
        => ArgumentNullException.ThrowIfNull(callback);

    /// <summary>Sets variables.</summary>
    /// <param name="callback">Sets them.</param>
    public EnvironmentCallbackAnnotation(Action<EnvironmentCallbackContext> callback)
        : this(context =>
        {
            callback(context);
            return Task.CompletedTask;
        })
        => ArgumentNullException.ThrowIfNull(callback);

    /// <summary>Sets variables.</summary>
    /// <param name="callback">Sets them.</param>
    public EnvironmentCallbackAnnotation(Func<EnvironmentCallbackContext, Task> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Callback = callback;
    }

    /// <summary>Sets variables.</summary>
    public Func<EnvironmentCallbackContext, Task> Callback { get; }
}

/// <summary>The environment of a resource that is about to start.</summary>
public class EnvironmentCallbackContext
{
    private readonly IResource? _resource;

    /// <summary>Makes the context.</summary>
    /// <param name="executionContext">The operation under way.</param>
    /// <param name="environmentVariables">The variables so far.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public EnvironmentCallbackContext(DistributedApplicationExecutionContext executionContext, Dictionary<string, object>? environmentVariables = null, CancellationToken cancellationToken = default)
        => (ExecutionContext, EnvironmentVariables, CancellationToken) = (executionContext, environmentVariables ?? [], cancellationToken);

    /// <summary>Makes the context.</summary>
    /// <param name="executionContext">The operation under way.</param>
    /// <param name="resource">The resource.</param>
    /// <param name="environmentVariables">The variables so far.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public EnvironmentCallbackContext(DistributedApplicationExecutionContext executionContext, IResource resource, Dictionary<string, object>? environmentVariables = null, CancellationToken cancellationToken = default)
        : this(executionContext, environmentVariables, cancellationToken)
        => _resource = resource;

    /// <summary>The variables: texts or values that are resolved afterwards.</summary>
    public Dictionary<string, object> EnvironmentVariables { get; }

    /// <summary>Ends the start.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>The operation under way.</summary>
    public DistributedApplicationExecutionContext ExecutionContext { get; }

    /// <summary>The resource's log.</summary>
    public ILogger Logger { get; set; } = Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

    /// <summary>The resource.</summary>
    /// <exception cref="InvalidOperationException">The context was made without one.</exception>
    public IResource Resource => _resource ?? throw new InvalidOperationException("The environment callback context has no resource.");
}
