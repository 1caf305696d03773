using System.Net;
using System.Net.Sockets;

namespace EmbedStack.Tests.Postgres;

internal static class FreePorts
{
    public static int TakeOne() => Take(1)[0];

    public static int[] Take(int count)
    {
        // All are held until the last is chosen, or one could come twice.
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        foreach (var listener in listeners)
        {
            listener.Start();
        }

        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        foreach (var listener in listeners)
        {
            listener.Dispose();
        }

        return ports;
    }
}
