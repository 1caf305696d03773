using System.Diagnostics;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The launch profile to use.</summary>
[DebuggerDisplay("Type = {GetType().Name,nq}, LaunchProfileName = {LaunchProfileName}")]
public sealed class LaunchProfileAnnotation : IResourceAnnotation
{
    /// <summary>Makes the annotation.</summary>
    /// <param name="launchProfileName">The profile's name.</param>
    public LaunchProfileAnnotation(string launchProfileName)
    {
        ArgumentNullException.ThrowIfNull(launchProfileName);
        LaunchProfileName = launchProfileName;
    }

    /// <summary>The profile's name.</summary>
    public string LaunchProfileName { get; }
}

/// <summary>The launch profile to use where the project has it.</summary>
[DebuggerDisplay("Type = {GetType().Name,nq}, LaunchProfileName = {LaunchProfileName}")]
public sealed class DefaultLaunchProfileAnnotation : IResourceAnnotation
{
    /// <summary>Makes the annotation.</summary>
    /// <param name="launchProfileName">The profile's name.</param>
    public DefaultLaunchProfileAnnotation(string launchProfileName)
    {
        ArgumentNullException.ThrowIfNull(launchProfileName);
        LaunchProfileName = launchProfileName;
    }

    /// <summary>The profile's name.</summary>
    public string LaunchProfileName { get; }
}

internal sealed class EndpointEnvironmentFilterAnnotation(Func<EndpointAnnotation, bool> filter) : IResourceAnnotation
{
    internal bool Includes(EndpointAnnotation endpoint) => filter(endpoint);
}
