using System.Net.Http.Headers;
using EmbedStack.Api.Edge;
using EmbedStack.Api.Http;
using EmbedStack.ServiceDefaults.Clients;
using Microsoft.AspNetCore.Http.Features;

namespace EmbedStack.Api.Authors;

/// <summary>The authors' origin: Superset as it is, for those who sign in to it by Keycloak.</summary>
internal sealed class AuthorsHandler(SupersetUpstream superset, AuthorAudit audit, Origins origins)
{
    private const int LargestBody = 4 * 1024 * 1024; // a dashboard of many charts
    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(120); // as long as Superset's own workers may take

    public async Task HandleAsync(HttpContext context)
    {
        if (!AuthorsRoutes.Allows(context.Request, origins.Authors))
        {
            await Problems.NotFound.WriteAsync(context);
            return;
        }

        context.NameSpan("authors");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        using var request = await SupersetUpstream.ReceiveAsync(context, token => CreateAsync(context, token), limit);
        limit.CancelAfter(Answer);
        using var response = await superset.SendAsync(request, limit.Token);
        await audit.WriteAsync(response, context);
        context.Response.StatusCode = (int)response.StatusCode;
        AuthorsHeaders.CopyTo(context.Response.Headers, response);
        await superset.StreamAsync(response, context, limit);
    }

    private async Task<HttpRequestMessage> CreateAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var request = context.Request;
        var upstream = new HttpRequestMessage(
            new HttpMethod(request.Method), request.Path.ToUriComponent().TrimStart('/') + request.QueryString.ToUriComponent());
        AuthorsHeaders.CopyTo(upstream.Headers, request, origins.Authors);
        if (!IsRead(request.Path))
        {
            upstream.MarkNotToRepeat();
        }

        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = LargestBody;
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, cancellationToken);
            upstream.Content = new ByteArrayContent(body.ToArray());
            upstream.Content.Headers.ContentType = MediaTypeHeaderValue.TryParse(request.ContentType, out var type) ? type : null;
        }

        return upstream;
    }

    // Others act though browsers GET them: a code for a sign-in that is shown twice ends the session that it made.
    private static bool IsRead(PathString path) => path.StartsWithSegments("/api", StringComparison.Ordinal) || path.StartsWithSegments("/static", StringComparison.Ordinal);
}
