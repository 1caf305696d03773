namespace Aspire.Hosting.Dashboard;

/// <summary>Refuses plain HTTP unless it was asked for, as Aspire does.</summary>
internal static class DashboardTransport
{
    private static readonly string[] _addresses =
        [DashboardNames.Urls, DashboardNames.OtlpGrpcUrl, DashboardNames.OtlpHttpUrl, DashboardNames.ResourceServiceUrl];

    public static void Check(IConfiguration configuration, DistributedApplicationOptions options)
    {
        if (options.AllowUnsecuredTransport || configuration.GetValue(DashboardNames.AllowUnsecuredTransport, false))
        {
            return;
        }

        foreach (var name in _addresses)
        {
            if (configuration[name]?.Split(';')[0] is { } url && url.StartsWith("http:", StringComparison.OrdinalIgnoreCase))
            {
                throw new DistributedApplicationException(
                    $"{name} is {url}. Set {DashboardNames.AllowUnsecuredTransport}=true to run the dashboard without TLS.");
            }
        }
    }
}
