using System.Diagnostics;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Puts files into the container before it starts.</summary>
[DebuggerDisplay("Type = {GetType().Name,nw}, DestinationPath = {DestinationPath}")]
public sealed class ContainerFileSystemCallbackAnnotation : IResourceAnnotation
{
    /// <summary>The directory in the container.</summary>
    public required string DestinationPath { get; init; }

    /// <summary>The owner's id where a file says nothing else.</summary>
    public int? DefaultOwner { get; init; }

    /// <summary>The group's id where a file says nothing else.</summary>
    public int? DefaultGroup { get; init; }

    /// <summary>The permissions that files do not get.</summary>
    public UnixFileMode? Umask { get; set; }

    /// <summary>Makes the files.</summary>
    public required Func<ContainerFileSystemCallbackContext, CancellationToken, Task<IEnumerable<ContainerFileSystemItem>>> Callback { get; init; }
}

/// <summary>A container about to get files.</summary>
public sealed class ContainerFileSystemCallbackContext
{
    /// <summary>The application's services.</summary>
    public required IServiceProvider Services { get; init; }

    /// <summary>The resource.</summary>
    public required IResource Model { get; init; }

    /// <summary>The application's services.</summary>
    [Obsolete("Use Services instead.")]
    public IServiceProvider ServiceProvider
    {
        get => Services;
        init => Services = value;
    }
}
