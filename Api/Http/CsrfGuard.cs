using EmbedStack.Api.Audit;
using EmbedStack.Api.Identity.Bearer;

namespace EmbedStack.Api.Http;

/// <summary>
/// Lets unsafe methods pass only with a header that other sites cannot send without asking, and only from our own
/// origin where the browser says whence a request comes. Tokens in a header are no browser's to send by itself.
/// </summary>
internal sealed class CsrfGuard(RequestDelegate next, RefusalAudit audit)
{
    private const string Header = "X-CSRF";

    public async Task InvokeAsync(HttpContext context)
    {
        if (IsSafe(context.Request.Method) || IsOwn(context.Request.Headers) || BearerRequest.Is(context.Request) || IsCalledByServers(context))
        {
            await next(context);
            return;
        }

        await audit.WriteAsync(AuditEvent.Refused(AuditKind.Access, Problems.CrossSite.Slug, context), context.RequestAborted);
        await Problems.CrossSite.WriteAsync(context);
    }

    private static bool IsCalledByServers(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<CalledByServers>() is not null;

    private static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);

    private static bool IsOwn(IHeaderDictionary headers) =>
        headers[Header] == "1"
        && (!headers.TryGetValue("Sec-Fetch-Site", out var site) || site == "same-origin");
}
