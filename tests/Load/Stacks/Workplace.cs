using EmbedStack.ServiceDefaults.Jobs;
using Microsoft.Extensions.Configuration;

namespace EmbedStack.Load.Stacks;

/// <summary>Where the repository is, and what of it the benchmark runs.</summary>
/// <param name="Root">The repository.</param>
/// <param name="State">Where <c>./embedstack</c> puts what it sets up.</param>
/// <param name="AppHost">The built AppHost.</param>
/// <param name="Node">The folder of node and npm.</param>
internal sealed record Workplace(string Root, string State, string AppHost, string Node)
{
    public string Python => Path.Combine(State, "venv", "bin", "python");

    public string Sources => Path.Combine(Root, "tests", "Load");

    public static Workplace From(IConfiguration configuration) =>
        new(Value(configuration, "Root"), Value(configuration, "State"), Value(configuration, "AppHost"), Value(configuration, "Node"));

    private static string Value(IConfiguration configuration, string name) =>
        configuration[$"Load:{name}"] is { Length: > 0 } value ? value : throw new JobException($"Load__{name} is not set. Next: ./embedstack bench tokens");
}
