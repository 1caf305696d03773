namespace EmbedStack.AppHost.Embedding;

/// <summary>Where the embed edge keeps files on this machine.</summary>
internal static class EdgeFolders
{
    /// <summary>
    /// Gives the Api a folder for data accesses that wait for Postgres, as long-lived as the run's data, and one for
    /// Superset's scripts and styles, which all runs share.
    /// </summary>
    public static IResourceBuilder<T> WithEdgeFolders<T>(this IResourceBuilder<T> api, StackSettings settings)
        where T : IResourceWithEnvironment => api
        .WithEnvironment("Edge__DataAccess__Spool", Path.Combine(settings.DataDirectory, "data-access"))
        .WithEnvironment("Edge__Assets__Directory", Path.Combine(settings.ToolsDirectory, "assets"));
}
