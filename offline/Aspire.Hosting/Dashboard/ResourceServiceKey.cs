using System.Security.Cryptography;
using System.Text;

namespace Aspire.Hosting.Dashboard;

/// <summary>The key by which the dashboard is known.</summary>
internal sealed class ResourceServiceKey(IConfiguration configuration)
{
    public const string HeaderName = "x-resource-service-api-key";

    private readonly bool _anyone = configuration[DashboardNames.ResourceServiceAuthMode] is "Unsecured";
    private readonly byte[] _key = Encoding.UTF8.GetBytes(configuration[DashboardNames.ResourceServiceApiKey] ?? "");

    public bool Accepts(string? header)
        => _anyone || (_key.Length > 0 && header is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(header), _key));
}
