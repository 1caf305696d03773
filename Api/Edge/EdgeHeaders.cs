using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace EmbedStack.Api.Edge;

/// <summary>Which headers cross the edge. Cookies, credentials and what proxies add never do.</summary>
internal static class EdgeHeaders
{
    public const string GuestToken = "X-GuestToken";
    private const string Bearer = "Bearer ";

    private static readonly string[] Forwarded =
    [
        HeaderNames.Accept, HeaderNames.AcceptEncoding, HeaderNames.AcceptLanguage, HeaderNames.IfModifiedSince, HeaderNames.IfNoneMatch,
        HeaderNames.UserAgent,
    ];

    private static readonly HashSet<string> Kept = new(StringComparer.OrdinalIgnoreCase)
    {
        HeaderNames.CacheControl, HeaderNames.ContentDisposition, HeaderNames.ContentEncoding, HeaderNames.ContentLanguage,
        HeaderNames.ContentLength, HeaderNames.ContentSecurityPolicy, HeaderNames.ContentType, HeaderNames.ETag, HeaderNames.Expires,
        HeaderNames.LastModified, "Permissions-Policy", "Referrer-Policy",
    };

    /// <summary>
    /// The tokens that a request brings: the page's, or one of another issuer, which API clients send as
    /// <c>Authorization: Bearer</c>. Superset sees either in the same place, so that it never takes one for a login.
    /// </summary>
    public static StringValues GuestTokens(IHeaderDictionary request) => StringValues.Concat(
        request[GuestToken],
        request.Authorization.Where(value => value?.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) is true)
            .Select(value => value![Bearer.Length..]).ToArray());

    public static void CopyTo(HttpRequestHeaders upstream, IHeaderDictionary request, EdgeRoute route)
    {
        foreach (var name in Forwarded.Where(name => route != EdgeRoute.Metadata || name != HeaderNames.AcceptEncoding))
        {
            Add(upstream, name, request[name]);
        }

        if (route == EdgeRoute.Page)
        {
            Add(upstream, HeaderNames.Referer, request.Referer); // Superset's Allowed Domains are checked against it
        }
    }

    public static void CopyTo(IHeaderDictionary response, HttpResponseMessage upstream, EdgeRoute route)
    {
        foreach (var (name, values) in upstream.Headers.Concat(upstream.Content.Headers))
        {
            if (Kept.Contains(name))
            {
                response[name] = values.ToArray();
            }
        }

        response.Vary = HeaderNames.AcceptEncoding;
        if (route != EdgeRoute.Asset)
        {
            response.CacheControl = "no-store"; // one tenant's answer must not wait in a browser for the next
            response.Remove(HeaderNames.Expires);
        }
    }

    private static void Add(HttpRequestHeaders upstream, string name, StringValues values)
    {
        // HttpClient writes ASCII only; what is more than that says nothing to Superset.
        if (values.Count > 0 && values.All(value => value is not null && Ascii.IsValid(value)))
        {
            upstream.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }
    }
}
