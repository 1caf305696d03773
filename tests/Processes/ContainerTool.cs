namespace EmbedStack.Tests.Processes;

/// <summary>The command of the container runtime that stacks run on.</summary>
internal static class ContainerTool
{
    public static string Name { get; } = Environment.GetEnvironmentVariable("ASPIRE_CONTAINER_RUNTIME") is { Length: > 0 } name ? name : "docker";
}
