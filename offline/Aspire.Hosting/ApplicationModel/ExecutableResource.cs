using System.Diagnostics;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A process.</summary>
[DebuggerDisplay("Type = {GetType().Name,nq}, Name = {Name}, Command = {Command}")]
public class ExecutableResource : Resource, IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport, IComputeResource
{
    /// <summary>Makes a process.</summary>
    /// <param name="name">The resource's name.</param>
    /// <param name="command">The program.</param>
    /// <param name="workingDirectory">Its working directory.</param>
    public ExecutableResource(string name, string command, string workingDirectory)
        : base(name)
    {
        ArgumentException.ThrowIfNullOrEmpty(command);
        ArgumentNullException.ThrowIfNull(workingDirectory);
        Annotations.Add(new ExecutableAnnotation { Command = command, WorkingDirectory = workingDirectory });
    }

    /// <summary>The program.</summary>
    public string Command => Annotation.Command;

    /// <summary>Its working directory.</summary>
    public string WorkingDirectory => Annotation.WorkingDirectory;

    internal ExecutableAnnotation Annotation => Annotations.OfType<ExecutableAnnotation>().Last();
}

/// <summary>How a process is started.</summary>
[DebuggerDisplay("Command = {Command,nq}, WorkingDirectory = {WorkingDirectory}")]
public sealed class ExecutableAnnotation : IResourceAnnotation
{
    /// <summary>The program.</summary>
    public required string Command { get; set; }

    /// <summary>Its working directory.</summary>
    public required string WorkingDirectory { get; set; }
}
