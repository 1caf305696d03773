using System.Net;
using System.Net.Sockets;

namespace EmbedStack.Tests.Postgres;

/// <summary>Ports that nobody listens at, below those that the system gives to connections: they stay free until they are used.</summary>
internal static class FreePorts
{
    private const int First = 10_000;
    private const int Count = 22_000;

    // None comes twice in a process, however many ask at once.
    private static int last = Random.Shared.Next(Count);

    public static int TakeOne() => Take(1)[0];

    public static int[] Take(int count)
    {
        var ports = new int[count];
        for (var place = 0; place < count;)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref last) % Count);
            if (IsFree(port))
            {
                ports[place++] = port;
            }
        }

        return ports;
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
