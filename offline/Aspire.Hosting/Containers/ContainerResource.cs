using System.Diagnostics;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A container.</summary>
[DebuggerDisplay("Type = {GetType().Name,nq}, Name = {Name}")]
public class ContainerResource : Resource, IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport, IComputeResource
{
    /// <summary>Makes a container.</summary>
    /// <param name="name">The resource's name.</param>
    /// <param name="entrypoint">The program instead of the image's.</param>
    public ContainerResource(string name, string? entrypoint = null)
        : base(name) => Entrypoint = entrypoint;

    /// <summary>The program instead of the image's.</summary>
    public string? Entrypoint { get; set; }

    /// <summary>Whether the arguments are one line for the shell that is the program.</summary>
    [Experimental("ASPIRECONTAINERSHELLEXECUTION001", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
    public bool? ShellExecution { get; set; }
}
