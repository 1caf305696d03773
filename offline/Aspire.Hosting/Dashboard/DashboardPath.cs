using System.Reflection;

namespace Aspire.Hosting.Dashboard;

/// <summary>Where the dashboard's executable is: configuration, environment, then the AppHost's assembly metadata.</summary>
internal static class DashboardPath
{
    public static string Find(IConfiguration configuration, DistributedApplicationOptions options)
    {
        var path = NotEmpty(configuration["DcpPublisher:DashboardPath"])
            ?? NotEmpty(Environment.GetEnvironmentVariable(DashboardNames.DashboardPath))
            ?? NotEmpty(FromMetadata(options));

        if (path is null)
        {
            throw new DistributedApplicationException(
                "The Aspire dashboard is not installed: the AppHost was built without the path of the Aspire CLI bundle. Run ./embedstack up once, then build again.");
        }

        return File.Exists(path)
            ? Path.GetFullPath(path)
            : throw new DistributedApplicationException($"The Aspire dashboard is not at {path}. Run ./embedstack up once to install it.");
    }

    private static string? FromMetadata(DistributedApplicationOptions options)
    {
        var assembly = options.AssemblyName is { } name ? Assembly.Load(name) : Assembly.GetEntryAssembly();
        return assembly?.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(metadata => string.Equals(metadata.Key, "aspiredashboardpath", StringComparison.OrdinalIgnoreCase))?.Value;
    }

    private static string? NotEmpty(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
