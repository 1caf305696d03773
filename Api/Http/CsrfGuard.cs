namespace EmbedStack.Api.Http;

/// <summary>
/// Lets unsafe methods pass only with a header that other sites cannot send without asking, and only from our own
/// origin where the browser says whence a request comes.
/// </summary>
internal sealed class CsrfGuard(RequestDelegate next)
{
    private const string Header = "X-CSRF";

    public Task InvokeAsync(HttpContext context) =>
        IsSafe(context.Request.Method) || IsOwn(context.Request.Headers) ? next(context) : Problems.CrossSite.WriteAsync(context);

    private static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);

    private static bool IsOwn(IHeaderDictionary headers) =>
        headers[Header] == "1"
        && (!headers.TryGetValue("Sec-Fetch-Site", out var site) || site == "same-origin");
}
