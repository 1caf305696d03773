using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using EmbedStack.Tests.Postgres;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EmbedStack.AppHost.Tests.Stack;

/// <summary>
/// A server of the tests' own on loopback. Containers cannot reach it there; by its endpoint in the model they do, and so do
/// processes: the engine hands on to it what comes for a process that does nothing.
/// </summary>
internal sealed class HostServer : IAsyncDisposable
{
    private readonly int port = FreePorts.TakeOne();
    private readonly WebApplication server;

    public HostServer(RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.ListenLocalhost(port));
        builder.Logging.ClearProviders();
        server = builder.Build();
        server.Run(answer);
        server.Start();
    }

    /// <summary>Where this machine's processes reach it without the engine.</summary>
    public Uri Address => new($"http://127.0.0.1:{port}/");

    /// <summary>Names it in a stack's model.</summary>
    public EndpointReference AddTo(IDistributedApplicationBuilder stack, string name) =>
        stack.AddExecutable(name, "tail", ".", "-f", "/dev/null").WithHttpEndpoint(targetPort: port, name: "http").GetEndpoint("http");

    /// <summary>Who is told of such servers: every process of the Api and of Superset.</summary>
    public static IResource[] Askers(IDistributedApplicationBuilder stack) =>
    [
        .. stack.Resources.Where(resource =>
            new[] { ResourceNames.Api, ResourceNames.Superset, ResourceNames.Edge }.Any(part => ResourceNames.IsInstance(resource.Name, part))),
    ];

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
