using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aspire.Hosting.Dashboard;

/// <summary>Serves <see cref="DashboardService"/> on loopback, by HTTP/2 without TLS.</summary>
internal sealed class ResourceServiceHost(DashboardService service, IConfiguration configuration) : IHostedService, IAsyncDisposable
{
    private readonly TaskCompletionSource<string> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebApplication? _server;

    /// <summary>Completes with the server's URL once it listens.</summary>
    public Task<string> Address => _address.Task;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime, NoLifetime>());
        // The dashboard's calls are nobody's news; what fails in them is logged by the service.
        builder.Services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        builder.WebHost.UseKestrelCore().UseShutdownTimeout(TimeSpan.FromSeconds(1));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(Endpoint(), listen => listen.Protocols = HttpProtocols.Http2));

        _server = builder.Build();
        _server.Run(context => service.HandleAsync(new GrpcCall(context)));
        await _server.StartAsync(cancellationToken);
        _address.SetResult(_server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _address.TrySetCanceled(CancellationToken.None);
        if (_server is not null)
        {
            await _server.StopAsync(cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private IPEndPoint Endpoint()
    {
        if (configuration[DashboardNames.ResourceServiceUrl] is not { Length: > 0 } configured)
        {
            return new(IPAddress.Loopback, 0);
        }

        var url = new Uri(configured);
        if (!url.IsLoopback)
        {
            throw new DistributedApplicationException($"{DashboardNames.ResourceServiceUrl} must be a loopback address.");
        }

        var port = configuration.GetValue("DcpPublisher:RandomizePorts", false) ? 0 : url.Port;
        return new(IPAddress.TryParse(url.DnsSafeHost, out var address) ? address : IPAddress.Loopback, port);
    }

    // The AppHost's own lifetime listens for signals already.
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
