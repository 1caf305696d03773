using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace EmbedStack.AppHost.Tests.Stack;

/// <summary>
/// One address in front of several processes, as a load balancer's: each connection goes to the next of them that takes it.
/// </summary>
internal sealed class RoundRobin : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ending = new();
    private readonly Uri[] processes;
    private readonly int[] taken;
    private readonly ConcurrentBag<Task> running = [];
    private readonly Task accepting;
    private int next;

    public RoundRobin(params Uri[] processes)
    {
        (this.processes, taken) = (processes, new int[processes.Length]);
        listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        accepting = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>How many connections each process has taken, in their order.</summary>
    public IReadOnlyList<int> Taken => [.. taken.Select((_, place) => Volatile.Read(ref taken[place]))];

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Dispose();
        await Task.WhenAll([accepting, .. running]);
        ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                running.Add(PassAsync(await listener.AcceptTcpClientAsync(ending.Token)));
            }
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        using (client)
        {
            using var process = await ConnectAsync();
            if (process is null)
            {
                return;
            }

            try
            {
                var (here, there) = (client.GetStream(), process.GetStream());
                await Task.WhenAny(here.CopyToAsync(there, ending.Token), there.CopyToAsync(here, ending.Token));
            }
            catch (Exception cut) when (cut is IOException or OperationCanceledException)
            {
            }
        }
    }

    private async Task<TcpClient?> ConnectAsync()
    {
        var first = Interlocked.Increment(ref next) & int.MaxValue;
        for (var attempt = 0; attempt < processes.Length; attempt++)
        {
            var place = (first + attempt) % processes.Length;
            var process = new TcpClient();
            try
            {
                await process.ConnectAsync(processes[place].Host, processes[place].Port, ending.Token);
                Interlocked.Increment(ref taken[place]);
                return process;
            }
            catch (Exception away) when (away is SocketException or OperationCanceledException)
            {
                process.Dispose();
            }
        }

        return null;
    }
}
