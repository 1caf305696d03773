using System.Reflection;

namespace Aspire.Hosting.Testing;

/// <summary>What is different under test: no dashboard, random ports, a stop that waits until all is gone.</summary>
internal static class TestingDefaults
{
    /// <summary>Applies the defaults, the caller's changes, then the launch profile's environment, each below the former.</summary>
    public static void Apply(
        string[] args,
        DistributedApplicationOptions options,
        HostApplicationBuilderSettings settings,
        Assembly appHost,
        Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure)
    {
        settings.Args = [.. settings.Args ?? [], .. args];
        settings.ApplicationName = appHost.GetName().Name;
        options.Args = settings.Args;
        options.AssemblyName = appHost.GetName().Name;
        options.DisableDashboard = true;
        options.EnableResourceLogging = true;
        AddDefaults(settings, new Dictionary<string, string?>
        {
            ["DcpPublisher:ContainerRuntimeInitializationTimeout"] = "00:00:30",
            ["DcpPublisher:RandomizePorts"] = "true",
            ["DcpPublisher:WaitForResourceCleanup"] = "true",
            ["ASPNETCORE_URLS"] = "http://localhost:8080",
            ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = "http://localhost:4317",
            ["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true",
        });

        var projectDirectory = ProjectDirectory(appHost);
        if (projectDirectory is not null)
        {
            settings.ContentRootPath = projectDirectory;
        }

        configure(options, settings);

        if (projectDirectory is not null)
        {
            AddDefaults(settings, LaunchProfileVariables.Read(projectDirectory, Existing(settings)["DOTNET_LAUNCH_PROFILE"]));
        }
    }

    private static string? ProjectDirectory(Assembly appHost)
        => Metadata(appHost, "apphostprojectpath") is { Length: > 0 } directory && Directory.Exists(directory) ? directory : null;

    public static string? Metadata(Assembly assembly, string key)
        => assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(metadata => string.Equals(metadata.Key, key, StringComparison.OrdinalIgnoreCase))?.Value;

    private static void AddDefaults(HostApplicationBuilderSettings settings, IReadOnlyDictionary<string, string?> defaults)
    {
        var existing = Existing(settings);
        settings.Configuration ??= new();
        settings.Configuration.AddInMemoryCollection([.. defaults.Where(pair => existing[pair.Key] is null)]);
    }

    private static ConfigurationManager Existing(HostApplicationBuilderSettings settings)
    {
        var existing = new ConfigurationManager();
        if (settings.Configuration is not null)
        {
            existing.AddConfiguration(settings.Configuration);
        }

        existing.AddCommandLine(settings.Args ?? []);
        return existing;
    }
}
