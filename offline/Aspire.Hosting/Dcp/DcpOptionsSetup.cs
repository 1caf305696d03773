using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Dcp;

/// <summary>Fills the options in from configuration, environment and the AppHost's assembly, as Aspire does.</summary>
internal sealed class DcpOptionsSetup(IConfiguration configuration, DistributedApplicationOptions application) : IConfigureOptions<DcpOptions>
{
    public void Configure(DcpOptions options)
    {
        configuration.GetSection(DcpOptions.Section).Bind(options);
        options.CliPath = First(options.CliPath, InDirectory(configuration["ASPIRE_DCP_PATH"]), application.Metadata("dcpclipath"));
        options.DashboardPath = First(options.DashboardPath, configuration["ASPIRE_DASHBOARD_PATH"], application.Metadata("aspiredashboardpath"));
        options.ContainerRuntime = First(options.ContainerRuntime, configuration["ASPIRE_CONTAINER_RUNTIME"], configuration["DOTNET_ASPIRE_CONTAINER_RUNTIME"]);
        if (bool.TryParse(configuration["ASPIRE_ENABLE_CONTAINER_TUNNEL"], out var tunnel))
        {
            options.ContainerTunnel = tunnel;
        }
    }

    private static string? First(params string?[] values) => values.FirstOrDefault(v => !string.IsNullOrEmpty(v));

    private static string? InDirectory(string? directory)
        => string.IsNullOrEmpty(directory) ? null : Path.Combine(directory, OperatingSystem.IsWindows() ? "dcp.exe" : "dcp");
}
