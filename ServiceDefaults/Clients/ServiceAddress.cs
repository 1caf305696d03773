using Microsoft.Extensions.Configuration;

namespace EmbedStack.ServiceDefaults.Clients;

/// <summary>
/// Service discovery by configuration: the keys <c>services:&lt;name&gt;:&lt;scheme&gt;:0</c> that the AppHost sets.
/// </summary>
public static class ServiceAddress
{
    private static readonly string[] Schemes = ["https", "http"];

    /// <summary>Finds a service's address, https before http.</summary>
    /// <param name="configuration">The application's configuration.</param>
    /// <param name="service">The service's resource name, e.g. <c>superset</c>.</param>
    /// <returns>The absolute base address, ending in a slash.</returns>
    /// <exception cref="InvalidOperationException">No address is configured, or it is not an absolute URI.</exception>
    public static Uri GetServiceAddress(this IConfiguration configuration, string service)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var value = Schemes.Select(scheme => configuration[$"services:{service}:{scheme}:0"])
            .FirstOrDefault(address => !string.IsNullOrEmpty(address));
        return Uri.TryCreate(value?.TrimEnd('/') + "/", UriKind.Absolute, out var address) && Schemes.Contains(address.Scheme)
            ? address
            : throw new InvalidOperationException($"No address for service '{service}': set services__{service}__http__0.");
    }
}
