using System.Reflection;

namespace Aspire.Hosting;

/// <summary>How an application is built.</summary>
public sealed class DistributedApplicationOptions
{
    private Assembly? _assembly;
    private string? _projectDirectory;

    /// <summary>The command line.</summary>
    public string[]? Args { get; set; }

    /// <summary>The AppHost's assembly; by default the entry assembly.</summary>
    public string? AssemblyName { get; set; }

    /// <summary>A registry that stands before image names.</summary>
    public string? ContainerRegistryOverride { get; set; }

    /// <summary>Whether the dashboard stays off.</summary>
    public bool DisableDashboard { get; set; }

    /// <summary>The name that the dashboard shows.</summary>
    public string? DashboardApplicationName { get; set; }

    /// <summary>Whether addresses without TLS are accepted.</summary>
    public bool AllowUnsecuredTransport { get; set; }

    /// <summary>Whether the resources' logs are repeated in the AppHost's.</summary>
    public bool EnableResourceLogging { get; set; }

    /// <summary>Whether resources trust the development certificate.</summary>
    public bool? TrustDeveloperCertificate { get; set; }

    /// <summary>Whether resources get the development certificate for HTTPS.</summary>
    public bool? DeveloperCertificateDefaultHttpsTerminationEnabled { get; set; }

    /// <summary>The AppHost's directory; by default from its assembly.</summary>
    public string? ProjectDirectory
    {
        get => _projectDirectory ??= ProjectDirectoryFromAssembly();
        set => _projectDirectory = value;
    }

    internal Assembly? Assembly => _assembly ??= AssemblyName is null ? System.Reflection.Assembly.GetEntryAssembly() : FindAssembly(AssemblyName);

    internal string? ProjectName => Metadata("apphostprojectname");

    /// <summary>The build's configuration, handed to <c>dotnet run</c> of the projects.</summary>
    internal string? Configuration => Assembly?.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration;

    internal string? Metadata(string key)
        => Assembly?.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(a => string.Equals(a.Key, key, StringComparison.OrdinalIgnoreCase))?.Value;

    private static Assembly? FindAssembly(string name)
        => AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(a => a.GetName().Name == name) ?? Assembly.Load(name);

    private string? ProjectDirectoryFromAssembly()
    {
        var path = Metadata("apphostprojectpath");
        return path is not null && Directory.Exists(path) ? path : null;
    }
}
