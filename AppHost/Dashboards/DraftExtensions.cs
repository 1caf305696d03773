namespace EmbedStack.AppHost.Dashboards;

/// <summary>Dashboards that are still being made.</summary>
internal static class DraftExtensions
{
    /// <summary>Lets the bootstrap import charts that were not recorded yet; guests cannot read those.</summary>
    public static IResourceBuilder<T> WithDrafts<T>(this IResourceBuilder<T> bootstrap, bool accepted)
        where T : IResourceWithEnvironment =>
        accepted ? bootstrap.WithEnvironment("DASHBOARD_DRAFTS", "true") : bootstrap;
}
