using System.Diagnostics;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Adds arguments for the container runtime.</summary>
[DebuggerDisplay("Type = {GetType().Name,nq}")]
public sealed class ContainerRuntimeArgsCallbackAnnotation : IResourceAnnotation
{
    /// <summary>Adds arguments.</summary>
    /// <param name="callback">Adds them.</param>
    public ContainerRuntimeArgsCallbackAnnotation(Func<ContainerRuntimeArgsCallbackContext, Task> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Callback = callback;
    }

    /// <summary>Adds arguments.</summary>
    /// <param name="callback">Adds them.</param>
    public ContainerRuntimeArgsCallbackAnnotation(Action<IList<object>> callback)
        : this(context =>
        {
            callback(context.Args);
            return Task.CompletedTask;
        })
        => ArgumentNullException.ThrowIfNull(callback);

    /// <summary>Adds arguments.</summary>
    public Func<ContainerRuntimeArgsCallbackContext, Task> Callback { get; }
}

/// <summary>The container runtime's arguments.</summary>
public sealed class ContainerRuntimeArgsCallbackContext
{
    /// <summary>Makes the context.</summary>
    /// <param name="args">The arguments so far.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public ContainerRuntimeArgsCallbackContext(IList<object> args, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(args);
        (Args, CancellationToken) = (args, cancellationToken);
    }

    /// <summary>The arguments.</summary>
    public IList<object> Args { get; }

    /// <summary>Ends the start.</summary>
    public CancellationToken CancellationToken { get; }
}
