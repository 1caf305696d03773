namespace Aspire.Hosting.ApplicationModel;

/// <summary>Adds command line arguments when the resource starts.</summary>
public class CommandLineArgsCallbackAnnotation : IResourceAnnotation
{
    /// <summary>Adds arguments.</summary>
    /// <param name="callback">Adds them.</param>
    public CommandLineArgsCallbackAnnotation(Func<CommandLineArgsCallbackContext, Task> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Callback = callback;
    }

    /// <summary>Adds arguments.</summary>
    /// <param name="callback">Adds them.</param>
    public CommandLineArgsCallbackAnnotation(Action<IList<object>> callback)
        : this(context =>
        {
            callback(context.Args);
            return Task.CompletedTask;
        })
        => ArgumentNullException.ThrowIfNull(callback);

    /// <summary>Adds arguments.</summary>
    public Func<CommandLineArgsCallbackContext, Task> Callback { get; }
}

/// <summary>The arguments of a resource that is about to start.</summary>
public sealed class CommandLineArgsCallbackContext
{
    private readonly IResource? _resource;

    /// <summary>Makes the context.</summary>
    /// <param name="args">The arguments so far.</param>
    /// <param name="resource">The resource.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public CommandLineArgsCallbackContext(IList<object> args, IResource resource, CancellationToken cancellationToken = default)
        : this(args, cancellationToken)
        => _resource = resource;

    /// <summary>Makes the context.</summary>
    /// <param name="args">The arguments so far.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public CommandLineArgsCallbackContext(IList<object> args, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(args);
        (Args, CancellationToken) = (args, cancellationToken);
    }

    /// <summary>The arguments: texts or values that are resolved afterwards.</summary>
    public IList<object> Args { get; }

    /// <summary>Ends the start.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>The operation under way.</summary>
    public DistributedApplicationExecutionContext ExecutionContext { get; init; } = new(DistributedApplicationOperation.Run);

    /// <summary>The resource's log.</summary>
    public ILogger Logger { get; init; } = Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

    /// <summary>The resource.</summary>
    /// <exception cref="InvalidOperationException">The context was made without one.</exception>
    public IResource Resource => _resource ?? throw new InvalidOperationException("The command line context has no resource.");
}
