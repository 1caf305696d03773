using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using CookieHeaderValue = Microsoft.Net.Http.Headers.CookieHeaderValue;

namespace EmbedStack.Api.Authors;

/// <summary>Which headers pass between authors' browsers and Superset. Of cookies, Superset's session alone.</summary>
internal static partial class AuthorsHeaders
{
    /// <summary>The cookie of an author's session in Superset.</summary>
    public const string SessionCookie = "embedstack_superset";

    private static readonly string[] Forwarded =
    [
        HeaderNames.Accept, HeaderNames.AcceptEncoding, HeaderNames.AcceptLanguage, HeaderNames.IfMatch, HeaderNames.IfModifiedSince,
        HeaderNames.IfNoneMatch, HeaderNames.Origin, HeaderNames.Referer, HeaderNames.UserAgent, "X-CSRFToken", HeaderNames.XRequestedWith,
    ];

    private static readonly HashSet<string> Kept = new(StringComparer.OrdinalIgnoreCase)
    {
        HeaderNames.CacheControl, HeaderNames.ContentDisposition, HeaderNames.ContentEncoding, HeaderNames.ContentLanguage,
        HeaderNames.ContentLength, HeaderNames.ContentSecurityPolicy, HeaderNames.ContentType, HeaderNames.ETag, HeaderNames.Expires,
        HeaderNames.LastModified, HeaderNames.Location, HeaderNames.Vary, "Permissions-Policy", "Referrer-Policy",
    };

    public static void CopyTo(HttpRequestHeaders upstream, HttpRequest request, Uri origin)
    {
        foreach (var name in Forwarded)
        {
            Add(upstream, name, request.Headers[name]);
        }

        if (SessionOf(request) is { } session)
        {
            upstream.TryAddWithoutValidation(HeaderNames.Cookie, session);
        }

        // What the caller says of these is worth nothing: Superset builds addresses of them.
        upstream.Add("X-Forwarded-For", request.HttpContext.Connection.RemoteIpAddress?.ToString() ?? "127.0.0.1");
        upstream.Add("X-Forwarded-Proto", origin.Scheme);
        upstream.Add("X-Forwarded-Host", origin.Authority);
        upstream.Add("X-Forwarded-Port", $"{origin.Port}");
    }

    public static void CopyTo(IHeaderDictionary response, HttpResponseMessage upstream)
    {
        foreach (var (name, values) in upstream.Headers.Concat(upstream.Content.Headers))
        {
            if (Kept.Contains(name))
            {
                response[name] = values.ToArray();
            }
            else if (name.Equals(HeaderNames.SetCookie, StringComparison.OrdinalIgnoreCase))
            {
                response.SetCookie = values.Where(value => value.StartsWith($"{SessionCookie}=", StringComparison.Ordinal)).ToArray();
            }
        }

        response.ContentSecurityPolicy = Unframed(response.ContentSecurityPolicy.ToString());
    }

    // Superset's own policy names the origins that frame dashboards; nobody frames the place where they are made.
    private static string Unframed(string policy) => FrameAncestors().IsMatch(policy)
        ? FrameAncestors().Replace(policy, "frame-ancestors 'none'")
        : string.Join("; ", new[] { policy.TrimEnd(' ', ';'), "frame-ancestors 'none'" }.Where(part => part.Length > 0));

    private static string? SessionOf(HttpRequest request) =>
        CookieHeaderValue.TryParseList(request.Headers.Cookie, out var cookies)
            ? cookies.FirstOrDefault(cookie => cookie.Name == SessionCookie)?.ToString()
            : null;

    private static void Add(HttpRequestHeaders upstream, string name, StringValues values)
    {
        // HttpClient writes ASCII only.
        if (values.Count > 0 && values.All(value => value is not null && Ascii.IsValid(value)))
        {
            upstream.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }
    }

    [GeneratedRegex(@"frame-ancestors[^;]*", RegexOptions.IgnoreCase)]
    private static partial Regex FrameAncestors();
}
