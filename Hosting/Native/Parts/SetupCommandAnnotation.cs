using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Native;

/// <summary>The command that sets up what a native resource needs.</summary>
internal sealed class SetupCommandAnnotation(string command) : IResourceAnnotation
{
    public string Command { get; } = command;
}
