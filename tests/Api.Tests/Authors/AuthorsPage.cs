using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Authors;

/// <summary>One Api for all tests of the authors' origin.</summary>
[CollectionDefinition]
public sealed class AtTheAuthorsOrigin : ICollectionFixture<ApiFixture>;

internal static class AuthorsPage
{
    /// <summary>A request as Superset's own page sends it, in a browser without fetch metadata.</summary>
    public static HttpRequestMessage Own(this Browser browser, string method, string target)
    {
        var request = browser.Request(method, target);
        request.Headers.Add("Origin", ApiFixture.AuthorsOrigin);
        return request;
    }
}
