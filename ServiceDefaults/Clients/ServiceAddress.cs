using Microsoft.Extensions.Configuration;

namespace EmbedStack.ServiceDefaults.Clients;

/// <summary>
/// Service discovery by configuration: the keys <c>services:&lt;name&gt;:&lt;scheme&gt;:0</c> and on that the AppHost sets.
/// </summary>
public static class ServiceAddress
{
    private static readonly string[] Schemes = ["https", "http"];

    /// <summary>Finds a service's address, https before http; of several instances, the first one's.</summary>
    /// <param name="configuration">The application's configuration.</param>
    /// <param name="service">The service's resource name, e.g. <c>superset</c>.</param>
    /// <returns>The absolute base address, ending in a slash.</returns>
    /// <exception cref="InvalidOperationException">No address is configured, or it is not an absolute URI.</exception>
    public static Uri GetServiceAddress(this IConfiguration configuration, string service) => configuration.GetServiceAddresses(service)[0];

    /// <summary>Finds the addresses of a service's instances, https before http: the keys end in 0, 1 and so on.</summary>
    /// <param name="configuration">The application's configuration.</param>
    /// <param name="service">The service's resource name, e.g. <c>superset</c>.</param>
    /// <returns>The absolute base addresses, each ending in a slash; one at least.</returns>
    /// <exception cref="InvalidOperationException">No address is configured, or one is not an absolute URI.</exception>
    public static IReadOnlyList<Uri> GetServiceAddresses(this IConfiguration configuration, string service)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return Schemes.Select(scheme => Read(configuration, service, scheme)).FirstOrDefault(addresses => addresses.Length > 0) ?? throw NoAddress(service);
    }

    private static Uri[] Read(IConfiguration configuration, string service, string scheme)
    {
        var addresses = new List<Uri>();
        while (configuration[$"services:{service}:{scheme}:{addresses.Count}"] is { Length: > 0 } value)
        {
            addresses.Add(Uri.TryCreate(value.TrimEnd('/') + "/", UriKind.Absolute, out var address) && Schemes.Contains(address.Scheme)
                ? address
                : throw NoAddress(service));
        }

        return [.. addresses];
    }

    private static InvalidOperationException NoAddress(string service) => new($"No address for service '{service}': set services__{service}__http__0.");
}
