using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration.UserSecrets;

namespace Aspire.Hosting;

/// <summary>The AppHost's configuration beyond a host's.</summary>
internal static class AppHostConfiguration
{
    private const string UserSecretsIdKey = "ASPIRE_USER_SECRETS_ID";

    private static readonly Dictionary<string, string> Switches = new()
    {
        ["--operation"] = "AppHost:Operation",
        ["--publisher"] = "Publishing:Publisher",
        ["--dcp-cli-path"] = "DcpPublisher:CliPath",
        ["--dcp-container-runtime"] = "DcpPublisher:ContainerRuntime",
        ["--dcp-dependency-check-timeout"] = "DcpPublisher:DependencyCheckTimeout",
        ["--dcp-dashboard-path"] = "DcpPublisher:DashboardPath",
    };

    internal static UserSecrets Apply(DistributedApplicationBuilder builder, DistributedApplicationOptions options)
    {
        var configuration = builder.Configuration;
        var assemblyId = options.Assembly?.GetCustomAttribute<UserSecretsIdAttribute>()?.UserSecretsId;
        var configuredId = configuration[UserSecretsIdKey];
        if (!string.IsNullOrWhiteSpace(configuredId) && builder.Environment.IsDevelopment())
        {
            RemoveSource(configuration, assemblyId);
            configuration.AddUserSecrets(configuredId);
        }

        var hash = configuration["AppHostSha"] is { Length: > 0 } given ? given : Sha256(builder.AppHostPath.ToLowerInvariant());
        configuration.AddCommandLine(options.Args ?? [], Switches);
        configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["AppHost:Directory"] = builder.AppHostDirectory,
            ["AppHost:Path"] = builder.AppHostPath,
            ["AppHost:DashboardApplicationName"] = options.DashboardApplicationName ?? builder.Environment.ApplicationName,
            ["AppHost:PathSha256"] = hash,
            ["AppHost:ProjectNameSha256"] = Sha256(Path.GetFileName(builder.AppHostPath)),
            ["AppHost:Sha256"] = hash,
        });

        var id = string.IsNullOrWhiteSpace(configuredId) ? assemblyId : configuredId;
        return new UserSecrets(string.IsNullOrWhiteSpace(id) ? null : PathHelper.GetSecretsPathFromSecretsId(id));
    }

    internal static DistributedApplicationExecutionContextOptions CreateExecutionContext(ConfigurationManager configuration)
        => (configuration["AppHost:Operation"] ?? (configuration["Publishing:Publisher"] is null ? "run" : "publish")).ToLowerInvariant() switch
        {
            "run" => new(DistributedApplicationOperation.Run),
            "publish" => throw new DistributedApplicationException("Publishing needs Aspire's own packages."),
            _ => throw new DistributedApplicationException("Invalid operation specified. Valid operations are 'publish' or 'run'."),
        };

    private static string Sha256(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>The host has added the assembly's secrets already; a configured id takes their place.</summary>
    private static void RemoveSource(ConfigurationManager configuration, string? userSecretsId)
    {
        if (string.IsNullOrWhiteSpace(userSecretsId))
        {
            return;
        }

        var path = Path.GetFullPath(PathHelper.GetSecretsPathFromSecretsId(userSecretsId));
        var sources = ((IConfigurationBuilder)configuration).Sources;
        foreach (var source in sources.OfType<FileConfigurationSource>().Where(s => s.Path is not null).ToArray())
        {
            if (source.FileProvider?.GetFileInfo(source.Path!).PhysicalPath is { } file && Path.GetFullPath(file) == path)
            {
                sources.Remove(source);
            }
        }
    }
}
