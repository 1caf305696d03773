using System.Globalization;
using Aspire.Hosting;

namespace EmbedStack.AppHost.Tests.Stack;

/// <summary>What a resource of a running stack is to this machine: a container or a process.</summary>
internal sealed record RunningPart(string? Container, int? Process)
{
    public static RunningPart Of(DistributedApplication application, string name)
    {
        Assert.True(application.ResourceNotifications.TryGetCurrentState(name, out var state), $"There is no {name}.");
        object? Property(string key) => state.Snapshot.Properties.FirstOrDefault(property => property.Name == key)?.Value;
        var part = new RunningPart(Property("container.id") as string, Property("executable.pid") is { } id ? Convert.ToInt32(id, CultureInfo.InvariantCulture) : null);
        Assert.True(part.Container is not null || part.Process > 0, $"{name} is neither in a container nor a process: {state.Snapshot.State?.Text}.");
        return part;
    }
}
