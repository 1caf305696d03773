using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Aspire.Hosting.Redis;

/// <summary>One connection, speaking as much of the protocol as a health check needs.</summary>
internal sealed class RedisConnection : IAsyncDisposable
{
    private readonly TcpClient _socket = new() { NoDelay = true };
    private Stream _stream = Stream.Null;
    private StreamReader _replies = StreamReader.Null;

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync().ConfigureAwait(false);
        _replies.Dispose();
        _socket.Dispose();
    }

    internal async Task OpenAsync(RedisAddress address, CancellationToken cancellationToken)
    {
        await _socket.ConnectAsync(address.Host, address.Port, cancellationToken).ConfigureAwait(false);
        _stream = _socket.GetStream();
        if (address.Tls)
        {
            var encrypted = new SslStream(_stream);
            _stream = encrypted;
            await encrypted.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = address.Host }, cancellationToken).ConfigureAwait(false);
        }

        _replies = new StreamReader(_stream, Encoding.UTF8);
    }

    /// <summary>Sends a command whose reply is one line.</summary>
    /// <exception cref="IOException">The server closed the connection or replied with an error.</exception>
    internal async Task<string> SendAsync(string[] command, CancellationToken cancellationToken)
    {
        var arguments = command.Select(argument => $"${Encoding.UTF8.GetByteCount(argument)}\r\n{argument}\r\n");
        var request = Encoding.UTF8.GetBytes($"*{command.Length}\r\n{string.Concat(arguments)}");
        await _stream.WriteAsync(request, cancellationToken).ConfigureAwait(false);
        var reply = await _replies.ReadLineAsync(cancellationToken).ConfigureAwait(false)
            ?? throw new IOException("The server closed the connection.");
        return reply.StartsWith('-') ? throw new IOException(reply[1..]) : reply;
    }
}
