using EmbedStack.Api.Edge.Exchange;

namespace EmbedStack.Api.Edge;

/// <summary>What a verified guest asks of Superset.</summary>
/// <param name="Guest">Who asks.</param>
/// <param name="Route">What the edge does with it.</param>
/// <param name="Method">The method.</param>
/// <param name="Target">Path and query without the leading slash; the language always stands in it.</param>
/// <param name="Body">The whole body; of an export's form without its tokens.</param>
/// <param name="ContentType">The body's type.</param>
internal sealed record GuestRead(
    EdgeGuest Guest, EdgeRoute Route, string Method, string Target, ReadOnlyMemory<byte> Body, string? ContentType)
{
    /// <summary>Whether it has been asked before, and is not to be sent twice again.</summary>
    public bool IsRepeat { get; init; }
}
