using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Network;

public sealed class LoopbackTests(StackFixture stack)
{
    [Fact]
    public void NothingListensBeyondLoopback()
    {
        Assert.NotNull(stack.Application);

        var sockets = ListeningSockets.OfProcessTree(StackFixture.RunMarker);

        Assert.NotEmpty(sockets);
        Assert.DoesNotContain(sockets, socket => !System.Net.IPAddress.IsLoopback(socket.EndPoint.Address));
    }
}
