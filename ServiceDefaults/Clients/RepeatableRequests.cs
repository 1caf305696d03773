namespace EmbedStack.ServiceDefaults.Clients;

/// <summary>Tells the retries which requests may be sent twice.</summary>
public static class RepeatableRequests
{
    private static readonly HttpRequestOptionsKey<bool> Key = new("embedstack.safe-to-repeat");

    /// <summary>Marks a request as safe to repeat although its method does not say so, e.g. a question sent by POST.</summary>
    /// <param name="request">The request; its content must be buffered.</param>
    /// <returns>The same request.</returns>
    public static HttpRequestMessage MarkSafeToRepeat(this HttpRequestMessage request)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Options.Set(Key, true);
        return request;
    }

    /// <summary>Whether a request may be sent twice, by its method or because it was marked so.</summary>
    /// <param name="request">The request.</param>
    /// <returns>Whether it may.</returns>
    public static bool IsSafeToRepeat(this HttpRequestMessage request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Method == HttpMethod.Get || request.Method == HttpMethod.Head || request.Method == HttpMethod.Options
            || (request.Options.TryGetValue(Key, out var marked) && marked);
    }
}
