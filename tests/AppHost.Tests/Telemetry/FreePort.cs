using System.Net;
using System.Net.Sockets;

namespace EmbedStack.AppHost.Tests.Telemetry;

internal static class FreePort
{
    public static int Take()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
