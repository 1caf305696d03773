using EmbedStack.ServiceDefaults.Jobs;

namespace EmbedStack.Tenants.Stack;

/// <summary>Where the services of the stack that runs are reached: the lines <c>service NAME ADDRESS</c> of its status file.</summary>
internal sealed class StatusFile
{
    private readonly Dictionary<string, string> _services;

    private StatusFile(Dictionary<string, string> services) => _services = services;

    public static StatusFile Read(string? path) => new(
        path is not null && File.Exists(path)
            ? File.ReadLines(path).Select(line => line.Split('\t')).Where(fields => fields is ["service", _, _])
                .ToDictionary(fields => fields[1], fields => fields[2], StringComparer.Ordinal)
            : []);

    /// <exception cref="JobException">The stack does not run, or not that far.</exception>
    public string Service(string name) => _services.GetValueOrDefault(name)
        ?? throw new JobException($"EmbedStack is not up: {name} has no address. Next: ./embedstack up");
}
