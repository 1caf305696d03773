using System.Net.Http.Headers;
using EmbedStack.Api.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace EmbedStack.Api.Edge;

/// <summary>Makes the request to Superset out of the browser's.</summary>
internal static class EdgeRequest
{
    private const string TokenField = "guest_token";
    private const string CsrfField = "csrf_token";
    private const string Locale = "_l_";

    public static async Task<HttpRequestMessage> CreateAsync(HttpRequest request, EdgeRoute route, CancellationToken cancellationToken)
    {
        var upstream = new HttpRequestMessage(new HttpMethod(request.Method), Address(request, route));
        EdgeHeaders.CopyTo(upstream.Headers, request.Headers, route);
        if (route == EdgeRoute.ChartData && request.HasFormContentType)
        {
            await MoveFormAsync(request, upstream, cancellationToken);
        }
        else if (HttpMethods.IsPost(request.Method))
        {
            upstream.Content = new StreamContent(request.Body);
            upstream.Content.Headers.ContentLength = request.ContentLength;
            upstream.Content.Headers.ContentType = MediaTypeHeaderValue.TryParse(request.ContentType, out var type) ? type : null;
        }

        return upstream;
    }

    // With its language named Superset opens no session for a request that brings no cookie.
    private static string Address(HttpRequest request, EdgeRoute route)
    {
        var address = request.Path.ToUriComponent().TrimStart('/') + request.QueryString.ToUriComponent();
        return route == EdgeRoute.Asset || request.Query.ContainsKey(Locale) ? address : QueryHelpers.AddQueryString(address, Locale, "en");
    }

    // An export is a form that the page submits into a new tab, token included. Superset would log the field in clear.
    private static async Task MoveFormAsync(HttpRequest request, HttpRequestMessage upstream, CancellationToken cancellationToken)
    {
        if (!string.Equals(new MediaTypeHeaderValue(request.ContentType!.Split(';')[0].Trim()).MediaType, "application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
        {
            throw new ProblemException(Problems.UnsupportedMediaType);
        }

        var form = await request.ReadFormAsync(cancellationToken);
        upstream.Content = new FormUrlEncodedContent(form
            .Where(field => field.Key is not (TokenField or CsrfField))
            .SelectMany(field => field.Value, (field, value) => KeyValuePair.Create(field.Key, value)));
        if (!upstream.Headers.Contains(EdgeHeaders.GuestToken) && form.TryGetValue(TokenField, out var token))
        {
            upstream.Headers.TryAddWithoutValidation(EdgeHeaders.GuestToken, token.ToString());
        }
    }
}
