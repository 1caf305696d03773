using System.Net.Sockets;
using System.Text;

namespace EmbedStack.Api.Tests.Edge.Wire;

/// <summary>A connection on which any bytes can be sent, those that no HTTP client would send above all.</summary>
internal sealed class RawConnection : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);
    private readonly TcpClient _client = new();

    /// <param name="port">Of this machine.</param>
    /// <param name="receives">Bytes that wait here unread; the system's own choice where none are given.</param>
    public static async Task<RawConnection> OpenAsync(int port, int? receives = null)
    {
        var connection = new RawConnection();
        connection._client.ReceiveBufferSize = receives ?? connection._client.ReceiveBufferSize;
        await connection._client.ConnectAsync("127.0.0.1", port);
        return connection;
    }

    public Task SendAsync(string text) => _client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text)).AsTask();

    /// <summary>The beginning of what the other end says.</summary>
    public async Task<string> ReadStatusAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var status = new byte["HTTP/1.1 200".Length];
        await _client.GetStream().ReadExactlyAsync(status, patience.Token);
        return Encoding.Latin1.GetString(status);
    }

    /// <summary>All that the other end says until it hangs up.</summary>
    public async Task<string> ReadToEndAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        using var received = new MemoryStream();
        try
        {
            await _client.GetStream().CopyToAsync(received, patience.Token);
        }
        catch (IOException)
        {
            // Reset: what came before still counts.
        }

        return Encoding.Latin1.GetString(received.ToArray());
    }

    /// <summary>Hangs up without a farewell.</summary>
    public void Reset()
    {
        _client.LingerState = new LingerOption(enable: true, seconds: 0);
        _client.Close();
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
