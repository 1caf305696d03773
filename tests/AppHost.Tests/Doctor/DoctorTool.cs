using System.Reflection;
using System.Text.Json.Nodes;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Doctor;

/// <summary>The program behind <c>./embedstack doctor</c>, run on the tests' stack.</summary>
internal sealed class DoctorTool(StackFixture stack)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private static readonly string[] Parameters = ["superset-ingress-secret", "db-superset-meta-password", "db-superset-shared-password"];

    /// <summary>Runs it with these arguments; the stack's own status file tells it the rest.</summary>
    public async Task<ProgramRun> RunAsync(params string[] arguments)
    {
        var environment = new Dictionary<string, string>
        {
            ["DOTNET_ENVIRONMENT"] = "Production",
            ["EmbedStack__StatusFile"] = stack.StatusFile,
            ["Doctor__Catalogue"] = Path.Combine(Metadata("Assets"), "catalog.yaml"),
        };
        foreach (var name in Parameters)
        {
            environment[$"Parameters__{name}"] = await stack.ParameterAsync(name);
        }

        return await ProgramRun.OfAsync(Metadata("DoctorProgram"), arguments, environment, Limit);
    }

    /// <summary>The checks in a state, with what was seen.</summary>
    public static IReadOnlyList<string> In(ProgramRun run, string state) =>
    [
        .. JsonNode.Parse(run.Output)!["checks"]!.AsArray().Where(check => (string)check!["state"]! == state).Select(check => $"{check!["check"]}: {check["found"]}"),
    ];

    /// <summary>The names of what was found.</summary>
    public static IEnumerable<string> FoundBy(ProgramRun run) => In(run, "found").Select(line => line.Split(':')[0]);

    private static string Metadata(string name) =>
        typeof(DoctorTool).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == name).Value!;
}
