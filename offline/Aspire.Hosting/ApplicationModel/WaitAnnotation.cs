using System.Diagnostics;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The resource waits for another before it starts.</summary>
[DebuggerDisplay("Type = {GetType().Name,nq}, Resource = {Resource.Name}")]
public sealed class WaitAnnotation : IResourceAnnotation
{
    /// <summary>Makes the annotation.</summary>
    /// <param name="resource">The other resource.</param>
    /// <param name="waitType">What is awaited.</param>
    /// <param name="exitCode">The exit code that counts as completed.</param>
    public WaitAnnotation(IResource resource, WaitType waitType, int exitCode = 0)
    {
        ArgumentNullException.ThrowIfNull(resource);
        (Resource, WaitType, ExitCode) = (resource, waitType, exitCode);
    }

    /// <summary>The other resource.</summary>
    public IResource Resource { get; }

    /// <summary>What is awaited.</summary>
    public WaitType WaitType { get; }

    /// <summary>The exit code that counts as completed.</summary>
    public int ExitCode { get; }

    /// <summary>What happens when the other fails; null for the application's default.</summary>
    public WaitBehavior? WaitBehavior { get; init; }
}

/// <summary>What is awaited.</summary>
public enum WaitType
{
    /// <summary>That it runs and is healthy.</summary>
    WaitUntilHealthy,

    /// <summary>That it has ended.</summary>
    WaitForCompletion,

    /// <summary>That it runs.</summary>
    WaitUntilStarted,
}

/// <summary>What a waiting resource does when the other fails.</summary>
public enum WaitBehavior
{
    /// <summary>It waits on: the other may be restarted.</summary>
    WaitOnResourceUnavailable,

    /// <summary>It fails, too.</summary>
    StopOnResourceUnavailable,
}
