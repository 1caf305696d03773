using System.Reflection;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Authors;

/// <summary>The program behind <c>./embedstack dashboard</c>, on a copy of the repository's files.</summary>
internal static class AuthoringProgram
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(6);

    private static readonly string Program = Metadata("AuthoringProgram");
    private static readonly string Package = Path.GetDirectoryName(Metadata("Assets"))!;

    /// <summary>Runs a verb with the stack's author.</summary>
    public static async Task<ProgramRun> OfAsync(StackFixture stack, AssetsCopy assets, string verb, params string[] keys) =>
        await OfAsync(
            $"state\trunning\nurl\tAuthors (Superset)\t{AuthorPage.Origin(stack)}\nuser\t-\tauthor@embedstack.example\t{await stack.ParameterAsync("author-password")}\tauthor\n",
            assets,
            verb,
            keys);

    /// <summary>The same with a status file that says something else.</summary>
    public static async Task<ProgramRun> OfAsync(string status, AssetsCopy assets, string verb, params string[] keys)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, status, TestContext.Current.CancellationToken);
            return await ProgramRun.OfAsync(
                Program,
                [verb, .. keys],
                new Dictionary<string, string>
                {
                    ["DOTNET_ENVIRONMENT"] = "Production", ["EmbedStack__StatusFile"] = file,
                    ["Authoring__Assets"] = assets.Root, ["Authoring__Pictures"] = AppContext.BaseDirectory,
                    ["Authoring__Package"] = Package, ["Authoring__Python"] = Path.GetFullPath(Path.Combine(Package, "../.embedstack/venv/bin/python")),
                },
                Limit);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Metadata(string name) =>
        typeof(AuthoringProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == name).Value!;
}
