using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Aspire.Hosting.Dashboard;

/// <summary>The dashboard as a hidden resource, so that the engine runs it like any other.</summary>
internal sealed class DashboardResource(
    DashboardEnvironment environment,
    DashboardStart start,
    DistributedApplicationOptions options,
    IConfiguration configuration,
    IDistributedApplicationEventing eventing)
{
    public void AddTo(DistributedApplicationModel model)
    {
        var path = DashboardPath.Find(configuration, options);
        var isAssembly = path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
        var resource = new ExecutableResource(DashboardNames.Resource, isAssembly ? "dotnet" : path, Path.GetDirectoryName(path)!);

        // aspire-managed is several programs in one; the first argument chooses.
        var argument = isAssembly ? path : Path.GetFileNameWithoutExtension(path) == "aspire-managed" ? "dashboard" : null;
        resource.Annotations.Add(new CommandLineArgsCallbackAnnotation(arguments =>
        {
            if (argument is not null)
            {
                arguments.Add(argument);
            }
        }));
        resource.Annotations.Add(new ExcludeLifecycleCommandsAnnotation());
        resource.Annotations.Add(new EnvironmentCallbackAnnotation(environment.SetAsync));
        resource.Annotations.Add(new ResourceSnapshotAnnotation(new CustomResourceSnapshot
        {
            ResourceType = "Executable",
            Properties = [],
            IsHidden = !configuration.GetValue(DashboardNames.ShowDashboardResources, false),
        }));
        foreach (var endpoint in Endpoints())
        {
            resource.Annotations.Add(endpoint);
        }

        eventing.Subscribe<ResourceReadyEvent>(resource, start.AnnounceAsync);

        // First, so that it starts while the others wait for each other.
        model.Resources.Insert(0, resource);
    }

    private IEnumerable<EndpointAnnotation> Endpoints()
    {
        var urls = configuration[DashboardNames.Urls]?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        var host = "localhost";
        foreach (var url in urls)
        {
            host = BindingAddress.Parse(url).Host;
            yield return Endpoint(url, name: null, transport: null, host);
        }

        if (urls.Length == 0)
        {
            yield return Endpoint(url: null, "http", transport: null, host);
        }

        var grpc = NotEmpty(configuration[DashboardNames.OtlpGrpcUrl]);
        var http = NotEmpty(configuration[DashboardNames.OtlpHttpUrl]);
        if (http is not null || grpc is null)
        {
            yield return Endpoint(http, DashboardNames.OtlpHttpEndpoint, transport: null, host);
        }

        if (grpc is not null || http is null)
        {
            yield return Endpoint(grpc, DashboardNames.OtlpGrpcEndpoint, transport: "http2", host);
        }
    }

    private static EndpointAnnotation Endpoint(string? url, string? name, string? transport, string host)
    {
        var address = url is null ? null : BindingAddress.Parse(url);
        var port = address is { Port: > 0 } ? address.Port : (int?)null;
        return new(ProtocolType.Tcp, uriScheme: address?.Scheme ?? "http", name: name, transport: transport, port: port, isProxied: true)
        {
            TargetHost = address?.Host ?? host,
        };
    }

    private static string? NotEmpty(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
