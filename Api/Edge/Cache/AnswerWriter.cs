using EmbedStack.Api.Edge.Exchange;
using EmbedStack.Api.Edge.Protection;
using EmbedStack.Api.Http;
using Microsoft.Net.Http.Headers;

namespace EmbedStack.Api.Edge.Cache;

/// <summary>Makes ready what goes out: an answer as it is kept, or unpacked for who does not take Brotli.</summary>
internal sealed class AnswerWriter(EdgeMemory memory)
{
    private const int WorthPacking = 1024;

    /// <summary>Takes room for what is in memory for this one alone, packed where that may be.</summary>
    /// <exception cref="ProblemException">There is none: the same person or tenant fetches too much, or all do.</exception>
    public OutgoingAnswer Prepare(HttpContext context, EdgeGuest guest, FilledAnswer filled)
    {
        var packs = TakesBrotli(context.Request);
        // Where it is large even the first to ask is given what is kept, which takes no room of its own as long as it is.
        if (filled.Kept is { } kept && filled.Original.Length is 0 or > OutgoingAnswer.Small)
        {
            return packs
                ? new OutgoingAnswer(context, filled, kept.Body, room: null) { IsPacked = true }
                : new OutgoingAnswer(context, filled, default, room: null) { Unpacked = kept };
        }

        packs &= filled.Original.Length > WorthPacking;
        var body = packs ? Brotli.Compress(filled.Original.Span) : filled.Original;
        return new OutgoingAnswer(context, filled, body, memory.EnterSent(guest, body.Length)) { IsPacked = packs };
    }

    /// <summary>Whether the browser names Brotli, and not to refuse it.</summary>
    public static bool TakesBrotli(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var codings)
        && codings.Any(coding => coding.Value.Equals(OutgoingAnswer.Coding, StringComparison.OrdinalIgnoreCase) && coding.Quality is null or > 0);
}
