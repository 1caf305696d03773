using Aspire.Hosting.Testing;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Network;

public sealed class LoopbackTests(StackFixture stack)
{
    private static readonly (string Resource, string Endpoint)[] Servers =
    [
        (ResourceNames.Postgres, "tcp"), (ResourceNames.Redis, "tcp"), (ResourceNames.Keycloak, "http"),
        (ResourceNames.Superset, "http"), (ResourceNames.Api, "http"), (ResourceNames.Renderer, "http"), (StackFixture.IsWebBuilt ? ResourceNames.Api : ResourceNames.Web, "http"),
    ];

    [Fact]
    public void NothingListensBeyondLoopback()
    {
        var ports = Servers.Select(server => stack.Application.GetEndpoint(server.Resource, server.Endpoint).Port);

        var sockets = ListeningSockets.OfProcessTree(StackFixture.RunMarker);

        Assert.All(ports, port => Assert.Contains(sockets, socket => socket.EndPoint.Port == port));
        Assert.DoesNotContain(sockets, socket => !System.Net.IPAddress.IsLoopback(socket.EndPoint.Address));
    }
}
