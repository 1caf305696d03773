namespace EmbedStack.AppHost.Ports;

/// <summary>
/// The names that browsers know the app's and the authors' origins by: sites of their own, beside the dashboards' 127.0.0.1.
/// Browsers resolve them by themselves; other programs go to <c>localhost</c> and send the name as their host.
/// </summary>
internal sealed record OriginHosts(string App, string Authors)
{
    public static OriginHosts Plain { get; } = new("localhost", "authors.localhost");

    /// <summary>
    /// Others than those of HTTP: a browser that was told to keep to HTTPS does so for the whole host, whatever the port. On
    /// <c>localhost</c> that would be Keycloak and every other project of this machine.
    /// </summary>
    public static OriginHosts Secure { get; } = new("embedstack.localhost", "embedstack-authors.localhost");
}
