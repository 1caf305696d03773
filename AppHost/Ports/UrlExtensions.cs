namespace EmbedStack.AppHost.Ports;

/// <summary>Names addresses on the dashboard.</summary>
internal static class UrlExtensions
{
    /// <summary>Gives an address the name that a person knows it by.</summary>
    public static IResourceBuilder<T> WithUrlName<T>(this IResourceBuilder<T> resource, string endpoint, string name)
        where T : IResource =>
        resource.WithUrlForEndpoint(endpoint, url => url.DisplayText = name);

    /// <summary>Shows an address under the host that browsers know it by, with the name that a person knows it by.</summary>
    public static IResourceBuilder<T> WithUrlHost<T>(this IResourceBuilder<T> resource, string endpoint, string host, string name)
        where T : IResource =>
        resource.WithUrlForEndpoint(endpoint, url =>
        {
            url.Url = new UriBuilder(url.Url) { Host = host }.Uri.ToString();
            url.DisplayText = name;
        });

    /// <summary>Leaves an address that nobody opens to the resource's details.</summary>
    public static IResourceBuilder<T> WithInternalUrl<T>(this IResourceBuilder<T> resource, string endpoint)
        where T : IResource =>
        resource.WithUrlForEndpoint(endpoint, url => url.DisplayLocation = UrlDisplayLocation.DetailsOnly);
}
