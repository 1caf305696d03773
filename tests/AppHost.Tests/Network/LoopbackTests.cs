using System.Net;
using Aspire.Hosting.Testing;
using EmbedStack.AppHost.Tests.Stack;
using EmbedStack.Tests.Processes;

namespace EmbedStack.AppHost.Tests.Network;

public sealed class LoopbackTests(StackFixture stack)
{
    private static readonly (string Resource, string Endpoint)[] Servers =
    [
        (ResourceNames.Postgres, "tcp"), (ResourceNames.Redis, "tcp"), (ResourceNames.Keycloak, "http"),
        (ResourceNames.Superset, "http"), (ResourceNames.Api, "http"), (ResourceNames.Renderer, "http"), (StackFixture.IsWebBuilt ? ResourceNames.Api : ResourceNames.Web, "http"),
    ];

    [Fact]
    public async Task NothingListensBeyondLoopback()
    {
        var processes = ListeningSockets.OfProcessTree(StackFixture.RunMarker).Select(socket => socket.EndPoint).ToArray();
        foreach (var (resource, endpoint) in Servers)
        {
            var container = RunningPart.Of(stack.Application, resource).Container;
            var own = container is null ? processes : await PublishedAsync(container);

            var port = stack.Application.GetEndpoint(resource, endpoint).Port;
            Assert.Contains(own, listens => listens.Port == port);
            Assert.All(own, listens => Assert.True(IPAddress.IsLoopback(listens.Address), $"{resource} is reached at {listens}."));
        }
    }

    // Who holds a container's port on this machine is the runtime's affair: a process of its own, or none. A line each: "8088/tcp -> 127.0.0.1:16756".
    private static async Task<IPEndPoint[]> PublishedAsync(string container)
    {
        var ports = await ProcessRun.OfAsync(new(ContainerTool.Name, ["port", container]), TimeSpan.FromMinutes(1));
        Assert.True(ports.ExitCode == 0, ports.Error);
        return [.. ports.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => IPEndPoint.Parse(line[(line.LastIndexOf(' ') + 1)..]))];
    }
}
