using System.Buffers;
using System.Buffers.Binary;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;

namespace Aspire.Hosting.Dashboard;

/// <summary>
/// One gRPC call over Kestrel's HTTP/2: a message is a flag byte, four bytes of length and protobuf; the status is a
/// trailer. Written by hand because Grpc.AspNetCore does not restore where this assembly is used.
/// </summary>
internal sealed class GrpcCall(HttpContext context)
{
    private const int PrefixLength = 5;
    private const int MaxMessageLength = 4 * 1024 * 1024;

    /// <summary>The method's name, without the service's.</summary>
    public string Method { get; } = context.Request.Path.Value is { } path ? path[(path.LastIndexOf('/') + 1)..] : "";

    public CancellationToken Aborted => context.RequestAborted;

    public string? Header(string name) => context.Request.Headers[name];

    /// <summary>Sends the headers, so that the caller sees the call open before the first message.</summary>
    public Task OpenAsync(CancellationToken cancellationToken)
    {
        context.Response.ContentType = "application/grpc";
        return context.Response.StartAsync(cancellationToken);
    }

    public async Task<T> ReadAsync<T>(MessageParser<T> parser, CancellationToken cancellationToken)
        where T : IMessage<T>
    {
        var reader = context.Request.BodyReader;
        var read = await reader.ReadAtLeastAsync(PrefixLength, cancellationToken);
        if (read.Buffer.Length < PrefixLength)
        {
            throw new GrpcException(GrpcStatus.InvalidArgument, "The request holds no message.");
        }

        var (compressed, length) = ReadPrefix(read.Buffer);
        reader.AdvanceTo(read.Buffer.Start);
        if (compressed)
        {
            throw new GrpcException(GrpcStatus.Unimplemented, "Compressed messages are not supported.");
        }

        if (length > MaxMessageLength)
        {
            throw new GrpcException(GrpcStatus.ResourceExhausted, $"The message has more than {MaxMessageLength} bytes.");
        }

        read = await reader.ReadAtLeastAsync(PrefixLength + (int)length, cancellationToken);
        if (read.Buffer.Length < PrefixLength + length)
        {
            throw new GrpcException(GrpcStatus.InvalidArgument, "The message is shorter than its prefix says.");
        }

        var message = parser.ParseFrom(read.Buffer.Slice(PrefixLength, length));
        reader.AdvanceTo(read.Buffer.GetPosition(PrefixLength + length));
        return message;
    }

    public async Task WriteAsync(IMessage message, CancellationToken cancellationToken)
    {
        var length = message.CalculateSize();
        var writer = context.Response.BodyWriter;
        var prefix = writer.GetSpan(PrefixLength);
        prefix[0] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(prefix[1..], (uint)length);
        writer.Advance(PrefixLength);
        message.WriteTo(writer);
        await writer.FlushAsync(cancellationToken);
    }

    /// <summary>
    /// Tells the status: as a trailer, or, where nothing has been sent, as a header ("Trailers-Only" in gRPC's words).
    /// </summary>
    public void Finish(GrpcStatus status, string? message = null)
    {
        Action<string, string> append = context.Response.HasStarted
            ? (name, value) => context.Response.AppendTrailer(name, value)
            : (name, value) => context.Response.Headers.Append(name, value);
        if (!context.Response.HasStarted)
        {
            context.Response.ContentType = "application/grpc";
        }

        append("grpc-status", ((int)status).ToString(CultureInfo.InvariantCulture));
        if (message is not null)
        {
            append("grpc-message", Uri.EscapeDataString(message));
        }
    }

    private static (bool Compressed, uint Length) ReadPrefix(ReadOnlySequence<byte> buffer)
    {
        Span<byte> prefix = stackalloc byte[PrefixLength];
        buffer.Slice(0, PrefixLength).CopyTo(prefix);
        return (prefix[0] != 0, BinaryPrimitives.ReadUInt32BigEndian(prefix[1..]));
    }
}
