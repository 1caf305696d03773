using Microsoft.Net.Http.Headers;

namespace EmbedStack.Api.Edge.Cache;

/// <summary>Writes an answer as it is kept, or unpacked for who does not take Brotli.</summary>
internal static class AnswerWriter
{
    private const string Coding = "br";
    private const int WorthPacking = 1024;

    public static Task WriteAsync(HttpContext context, FilledAnswer filled)
    {
        var packs = TakesBrotli(context.Request);
        if (filled.Original.Length == 0 && filled.Kept is { } kept)
        {
            return packs
                ? WriteAsync(context, kept.Body, isPacked: true)
                : WriteAsync(context, Brotli.Decompress(kept.Body, kept.Length), isPacked: false);
        }

        return packs && filled.Original.Length > WorthPacking
            ? WriteAsync(context, Brotli.Compress(filled.Original.Span), isPacked: true)
            : WriteAsync(context, filled.Original, isPacked: false);
    }

    /// <summary>Whether the browser names Brotli, and not to refuse it.</summary>
    public static bool TakesBrotli(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var codings)
        && codings.Any(coding => coding.Value.Equals(Coding, StringComparison.OrdinalIgnoreCase) && coding.Quality is null or > 0);

    private static async Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> body, bool isPacked)
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

        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, context.RequestAborted);
    }
}
