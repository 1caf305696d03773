using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace EmbedStack.Offline.Tests;

/// <summary>As much of a gRPC client as the dashboard's calls need.</summary>
internal sealed class GrpcClient(string address, string? key) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler()) { BaseAddress = new Uri(address), Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Calls a method and reads so many messages of its answer; the status is null while the call is open.</summary>
    public async Task<(IReadOnlyList<T> Messages, int? Status)> CallAsync<T>(
        string method, IMessage request, MessageParser<T> parser, int count = int.MaxValue)
        where T : IMessage<T>
    {
        using var content = new ByteArrayContent(Frame(request));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        using var message = new HttpRequestMessage(HttpMethod.Post, $"/aspire.v1.DashboardService/{method}")
        {
            Content = content,
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        if (key is not null)
        {
            message.Headers.Add("x-resource-service-api-key", key);
        }

        using var response = await _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead);
        await using var stream = await response.Content.ReadAsStreamAsync();
        var messages = new List<T>();
        while (messages.Count < count && await ReadAsync(stream, parser) is { } next)
        {
            messages.Add(next);
        }

        var found = response.TrailingHeaders.TryGetValues("grpc-status", out var values) || response.Headers.TryGetValues("grpc-status", out values);
        var status = found ? int.Parse(values!.Single(), CultureInfo.InvariantCulture) : (int?)null;
        return (messages, status);
    }

    public void Dispose() => _client.Dispose();

    private static byte[] Frame(IMessage message)
    {
        var frame = new byte[5 + message.CalculateSize()];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), frame.Length - 5);
        message.WriteTo(frame.AsSpan(5));
        return frame;
    }

    private static async Task<T?> ReadAsync<T>(Stream stream, MessageParser<T> parser)
        where T : IMessage<T>
    {
        var prefix = new byte[5];
        if (await stream.ReadAtLeastAsync(prefix, prefix.Length, throwOnEndOfStream: false) < prefix.Length)
        {
            return default;
        }

        var payload = new byte[BinaryPrimitives.ReadInt32BigEndian(prefix.AsSpan(1))];
        await stream.ReadExactlyAsync(payload);
        return parser.ParseFrom(payload);
    }
}
