using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EmbedStack.Doctor.Tests.Peers;

/// <summary>What Superset answers where nothing is wrong.</summary>
internal static class FakeSuperset
{
    /// <summary>An access token whose <c>sub</c> is a text.</summary>
    public static string AccessToken(object subject) =>
        $"e30.{Convert.ToBase64String(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { sub = subject }))).TrimEnd('=').Replace('+', '-').Replace('/', '_')}.c2ln";

    /// <summary>What the page's scripts are told.</summary>
    public static JsonObject Bootstrap() => new()
    {
        ["application_root"] = "/",
        ["feature_flags"] = new JsonObject { ["GLOBAL_ASYNC_QUERIES"] = false, ["CACHE_QUERY_BY_USER"] = true },
        ["conf"] = new JsonObject { ["CSV_STREAMING_ROW_THRESHOLD"] = 1_000_000_000, ["SQL_MAX_ROW"] = 100_000 },
    };

    public static HttpResponseMessage Page(JsonObject common, string frameAncestors) => FakePeers.Answer(
        200,
        $"""<html><div id="app" data-bootstrap="{WebUtility.HtmlEncode(new JsonObject { ["common"] = common.DeepClone() }.ToJsonString())}"></div></html>""",
        ("Content-Security-Policy", $"default-src 'self'; frame-ancestors {frameAncestors}; object-src 'none'"));

    /// <summary>The way in, the lists that nobody may read, and a method that is refused.</summary>
    public static FakePeers HasHandshake(this FakePeers peers, string host) => peers
        .On($"POST {host}/api/v1/security/login", 200, new { access_token = AccessToken("1") })
        .On($"GET {host}/api/v1/security/csrf_token/", _ => FakePeers.Answer(200, new { result = "csrf" }, ("Set-Cookie", "session=x; HttpOnly")))
        .On($"GET {host}/api/v1/security/guest_token/", 405)
        .On($"GET {host}/api/v1/me/roles/", 401)
        .On($"GET {host}/api/v1/dashboard/", 401)
        .On($"GET {host}/api/v1/chart/", 401)
        .On($"GET {host}/api/v1/dataset/", 401)
        .On($"GET {host}/api/v1/database/", 401);
}
