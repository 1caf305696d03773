using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Edge;

internal static class GuestRequest
{
    /// <summary>A request with a guest token, as an embedded page sends it.</summary>
    public static HttpRequestMessage Guest(this Browser browser, string method, string target)
    {
        var request = browser.Request(method, target);
        request.Headers.Add("X-GuestToken", "guest.token.x");
        return request;
    }
}
