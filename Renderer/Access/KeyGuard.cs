using System.Security.Cryptography;
using System.Text;
using EmbedStack.ServiceDefaults.Health;

namespace EmbedStack.Renderer.Access;

/// <summary>To whoever lacks the Api's key there is nothing here, whatever the request: nothing of it is read.</summary>
internal sealed class KeyGuard(RequestDelegate next, RendererSettings settings)
{
    /// <summary>The header that carries the key.</summary>
    public const string Header = "X-Renderer-Key";

    public Task InvokeAsync(HttpContext context)
    {
        if (IsHealth(context.Request) || IsApi(context.Request))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static bool IsHealth(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && (request.Path == HealthEndpoints.ReadyPath || request.Path == HealthEndpoints.AlivePath);

    private bool IsApi(HttpRequest request) =>
        request.Headers[Header] is [{ } key] && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(key), settings.Key);
}
