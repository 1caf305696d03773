using Microsoft.Net.Http.Headers;

namespace EmbedStack.Api.Edge.Cache;

/// <summary>
/// An answer on its way to one browser, piece by piece: however many fetch it slowly, the server has a window of it for each,
/// whatever its length. What is in memory for this browser alone has room there until it is disposed.
/// </summary>
/// <param name="context">Who waits.</param>
/// <param name="filled">What was found; of it only the counts are held on to.</param>
/// <param name="body">As it goes out; empty where it is unpacked on the way.</param>
/// <param name="room">Null where it is kept, or small.</param>
internal sealed class OutgoingAnswer(HttpContext context, FilledAnswer filled, ReadOnlyMemory<byte> body, IDisposable? room) : IDisposable
{
    public const string Coding = "br";

    /// <summary>Bytes of an answer that may stay in memory for as long as the connection lives.</summary>
    public const int Small = 64 * 1024;
    private const int Piece = 32 * 1024;

    // As of an asset: whoever fetches it slowly keeps others from the room, or in memory what is kept no more.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    public int Rows { get; } = filled.Rows;

    public EdgeSource Source { get; } = filled.Source;

    public bool IsPacked { get; init; }

    /// <summary>What is unpacked on the way.</summary>
    public CachedAnswer? Unpacked { get; init; }

    private int Held => Unpacked?.Body.Length ?? body.Length;

    public async Task SendAsync()
    {
        Begin();
        using var limit = Held > Small ? CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted) : null;
        limit?.CancelAfter(Longest);
        try
        {
            await WriteAsync(limit?.Token ?? context.RequestAborted);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();
        }
    }

    public void Dispose() => room?.Dispose();

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        if (Unpacked is { } kept)
        {
            await using var text = Brotli.Open(kept.Body);
            await text.CopyToAsync(context.Response.Body, Piece, cancellationToken);
        }

        for (var rest = body; rest.Length > 0; rest = rest[Math.Min(Piece, rest.Length)..])
        {
            await context.Response.Body.WriteAsync(rest[..Math.Min(Piece, rest.Length)], cancellationToken);
        }
    }

    private void Begin()
    {
        var response = context.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        response.Headers.CacheControl = "no-store"; // one tenant's answer must not wait in a browser for the next
        if (IsPacked)
        {
            response.Headers.ContentEncoding = Coding;
        }

        response.ContentLength = Unpacked?.Length ?? body.Length;
    }
}
