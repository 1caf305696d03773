using System.Text.RegularExpressions;

namespace EmbedStack.Api.Authors;

/// <summary>What of Superset is not for authors, whatever their role in it says: a second line, not the first.</summary>
internal static partial class AuthorsRoutes
{
    private static readonly HashSet<string> Methods = ["GET", "HEAD", "POST", "PUT", "DELETE"];

    public static bool Allows(HttpRequest request, Uri origin)
    {
        var path = request.Path.Value ?? "/";
        return Methods.Contains(request.Method)
            && Plain().IsMatch(path)
            && !Closed().IsMatch(path)
            && (IsRead(request) || (!SignIn().IsMatch(path) && IsOwn(request, origin)));
    }

    // Browsers say whence a request comes; what changes something comes from Superset's own pages.
    private static bool IsOwn(HttpRequest request, Uri origin) => request.Headers.TryGetValue("Sec-Fetch-Site", out var site)
        ? site == "same-origin"
        : request.Headers.Origin == origin.GetLeftPart(UriPartial.Authority);

    private static bool IsRead(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    // Nothing that Superset's router could read otherwise than the list below: no empty part, nothing left to decode.
    [GeneratedRegex(@"\A(/|(/[A-Za-z0-9_@~+.,:()-]+)+/?)\z")]
    private static partial Regex Plain();

    // Guests' pages, which ask no sign-in; passwords and tokens, but for the one against forged requests; SQL Lab.
    [GeneratedRegex(
        @"/embedded(/|\z)|\A/api/v1/(embedded_dashboard|sqllab|query|saved_query)(/|\z)|\A/api/v1/security(/(?!csrf_token/\z)|\z)"
        + @"|\A/(superset/)?(sqllab|sql_json)|\A/(savedqueryview|tabstateview|tableschemaview|users|roles|groups|register|swagger)(/|\z)",
        RegexOptions.IgnoreCase)]
    private static partial Regex Closed();

    [GeneratedRegex(@"\A/(login|oauth-authorized|logout)(/|\z)", RegexOptions.IgnoreCase)]
    private static partial Regex SignIn();
}
