using Microsoft.Net.Http.Headers;

namespace EmbedStack.Api.Edge.Cache;

/// <summary>Writes an answer as it is kept, or unpacked for who does not take Brotli.</summary>
internal static class AnswerWriter
{
    private const string Coding = "br";
    private const int WorthPacking = 1024;
    private const int Piece = 32 * 1024;

    public static Task WriteAsync(HttpContext context, FilledAnswer filled)
    {
        var packs = TakesBrotli(context.Request);
        if (filled.Original.Length == 0 && filled.Kept is { } kept)
        {
            return packs ? WriteAsync(context, kept.Body, isPacked: true) : UnpackAsync(context, kept);
        }

        return packs && filled.Original.Length > WorthPacking
            ? WriteAsync(context, Brotli.Compress(filled.Original.Span), isPacked: true)
            : WriteAsync(context, filled.Original, isPacked: false);
    }

    /// <summary>Whether the browser names Brotli, and not to refuse it.</summary>
    public static bool TakesBrotli(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var codings)
        && codings.Any(coding => coding.Value.Equals(Coding, StringComparison.OrdinalIgnoreCase) && coding.Quality is null or > 0);

    // Piece by piece: however many fetch it slowly, each has a window of it in memory, whatever its length.
    private static async Task UnpackAsync(HttpContext context, CachedAnswer kept)
    {
        Begin(context, kept.Length, isPacked: false);
        await using var text = Brotli.Open(kept.Body);
        await text.CopyToAsync(context.Response.Body, Piece, context.RequestAborted);
    }

    private static async Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> body, bool isPacked)
    {
        Begin(context, body.Length, isPacked);
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static void Begin(HttpContext context, int length, bool isPacked)
    {
        var response = context.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        response.Headers.CacheControl = "no-store"; // one tenant's answer must not wait in a browser for the next
        if (isPacked)
        {
            response.Headers.ContentEncoding = Coding;
        }

        response.ContentLength = length;
    }
}
