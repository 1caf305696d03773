namespace EmbedStack.ServiceDefaults.Clients;

/// <summary>Tells the retries which requests may be sent twice.</summary>
public static class RepeatableRequests
{
    private static readonly HttpRequestOptionsKey<bool> Key = new("embedstack.safe-to-repeat");

    /// <summary>Marks a request as safe to repeat although its method does not say so, e.g. a question sent by POST.</summary>
    /// <param name="request">The request; its content must be buffered.</param>
    /// <returns>The same request.</returns>
    public static HttpRequestMessage MarkSafeToRepeat(this HttpRequestMessage request) => Mark(request, isSafe: true);

    /// <summary>Marks a request as not to be repeated whatever its method says, e.g. one that was sent twice.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The same request.</returns>
    public static HttpRequestMessage MarkNotToRepeat(this HttpRequestMessage request) => Mark(request, isSafe: false);

    /// <summary>Whether a request may be sent twice, by how it was marked, else by its method.</summary>
    /// <param name="request">The request.</param>
    /// <returns>Whether it may.</returns>
    public static bool IsSafeToRepeat(this HttpRequestMessage request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Options.TryGetValue(Key, out var marked)
            ? marked
            : request.Method == HttpMethod.Get || request.Method == HttpMethod.Head || request.Method == HttpMethod.Options;
    }

    private static HttpRequestMessage Mark(HttpRequestMessage request, bool isSafe)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Options.Set(Key, isSafe);
        return request;
    }
}
