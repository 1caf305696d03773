using System.Reflection;

namespace Aspire.Hosting;

/// <summary>Builds an application.</summary>
public class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly HostApplicationBuilder _host;
    private readonly DistributedApplicationOptions _options;
    private readonly DistributedApplicationExecutionContextOptions _contextOptions;

    /// <summary>Makes a builder.</summary>
    /// <param name="args">The command line.</param>
    public DistributedApplicationBuilder(string[] args)
        : this(new DistributedApplicationOptions { Args = args })
    {
    }

    /// <summary>Makes a builder.</summary>
    /// <param name="options">How the application is built.</param>
    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        var settings = new HostApplicationBuilderSettings { Args = options.Args, Configuration = new ConfigurationManager() };
        settings.Configuration.AddEnvironmentVariables("ASPIRE_");
        BuilderDiagnostics.Constructing(options, settings);

        _host = new HostApplicationBuilder(settings);
        AppHostDirectory = options.ProjectDirectory ?? _host.Environment.ContentRootPath;
        AppHostPath = Path.GetFullPath(Path.Join(AppHostDirectory, options.ProjectName ?? _host.Environment.ApplicationName));
        var secrets = AppHostConfiguration.Apply(this, options);
        _contextOptions = AppHostConfiguration.CreateExecutionContext(Configuration);
        ExecutionContext = new DistributedApplicationExecutionContext(_contextOptions);
        AppHostServices.Add(this, options, secrets);
        AppHostServices.ConfigureLogging(_host, options);
        if (ExecutionContext.IsRunMode && !options.DisableDashboard)
        {
            AppHostSecrets.Ensure(Configuration, secrets);
            Dashboard.DashboardServices.AddDashboard(this, options);
        }

        BuilderDiagnostics.Constructed(this);
    }

    /// <inheritdoc />
    public ConfigurationManager Configuration => _host.Configuration;

    /// <inheritdoc />
    public IHostEnvironment Environment => _host.Environment;

    /// <inheritdoc />
    public IServiceCollection Services => _host.Services;

    /// <inheritdoc />
    public Assembly? AppHostAssembly => _options.Assembly;

    /// <inheritdoc />
    public string AppHostDirectory { get; }

    /// <summary>The AppHost's directory and name.</summary>
    public string AppHostPath { get; }

    /// <inheritdoc />
    public DistributedApplicationExecutionContext ExecutionContext { get; }

    /// <inheritdoc />
    public IResourceCollection Resources { get; } = new ResourceCollection();

    /// <inheritdoc />
    public IDistributedApplicationEventing Eventing { get; } = new DistributedApplicationEventing();

    /// <inheritdoc />
    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(resource);
        ValidateName(resource);
        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    /// <inheritdoc />
    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(resource);
        return new ResourceBuilder<T>(this, resource);
    }

    /// <inheritdoc />
    public DistributedApplication Build()
    {
        BuilderDiagnostics.Building(this);
        foreach (var resource in Resources)
        {
            ValidateName(resource);
        }

        var application = new DistributedApplication(_host.Build());
        _contextOptions.Services = application.Services;
        BuilderDiagnostics.Built(application);
        return application;
    }

    private static void ValidateName(IResource resource)
    {
        var policy = resource.TryGetLastAnnotation<NameValidationPolicyAnnotation>(out var own) ? own : NameValidationPolicyAnnotation.Default;
        ModelName.Validate(nameof(Resource), resource.Name, policy);
    }
}
