using System.Net;
using System.Security.Cryptography;
using System.Text;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Edge;

/// <summary>
/// What stands in a frame in place of a dashboard's page. Nobody outside of the frame sees what it answered: it tells the app,
/// and no other page around it, status and type of the problem, by a script that its policy knows by its hash.
/// </summary>
internal sealed class RefusedPage(Origins origins) : IProblemPage
{
    private const string Script =
        "const { app, status, slug } = document.documentElement.dataset;"
        + "if (parent !== window) parent.postMessage({ type: 'embedstack.refused', status: Number(status), slug }, app);";

    private static readonly string ScriptHash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Script)));

    private readonly string _policy =
        $"default-src 'none'; script-src 'sha256-{ScriptHash}'; base-uri 'none'; form-action 'none'; frame-ancestors {Origins.Text(origins.App)}";

    private readonly string _app = WebUtility.HtmlEncode(Origins.Text(origins.App));

    /// <summary>Whether a browser asks, to show the answer: programs get the problem as it is.</summary>
    public static bool IsWanted(HttpRequest request) =>
        request.Headers.Accept.Any(types => types?.Contains("text/html", StringComparison.OrdinalIgnoreCase) is true);

    public Task WriteAsync(Problem problem, HttpContext context)
    {
        var title = WebUtility.HtmlEncode(problem.Title);
        context.Response.Headers.ContentSecurityPolicy = _policy;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(
            $"""
            <!doctype html>
            <html lang="en" data-app="{_app}" data-status="{problem.Status}" data-slug="{WebUtility.HtmlEncode(problem.Slug)}">
            <meta charset="utf-8">
            <title>{title}</title>
            <p>{title}</p>
            <script>{Script}</script>
            </html>
            """,
            context.RequestAborted);
    }
}
