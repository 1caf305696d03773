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
        var token = EdgeHeaders.GuestTokens(request.Headers);
        if (route == EdgeRoute.ChartData && request.HasFormContentType)
        {
            var form = await ReadFormAsync(request, cancellationToken);
            upstream.Content = WithoutTokens(form);
            token = token.Count > 0 ? token : form[TokenField];
        }
        else if (HttpMethods.IsPost(request.Method))
        {
            upstream.Content = new ByteArrayContent(await ReadBodyAsync(request, cancellationToken));
            upstream.Content.Headers.ContentType = MediaTypeHeaderValue.TryParse(request.ContentType, out var type) ? type : null;
        }

        if (route is EdgeRoute.Read or EdgeRoute.Metadata or EdgeRoute.ChartData)
        {
            upstream.Headers.Add(
                EdgeHeaders.GuestToken, GuestTokenText.Read(token) ?? throw new ProblemException(Problems.NoGuestToken));
        }

        return upstream;
    }

    // With its language named Superset opens no session for a request that brings no cookie.
    private static string Address(HttpRequest request, EdgeRoute route)
    {
        var address = request.Path.ToUriComponent().TrimStart('/') + request.QueryString.ToUriComponent();
        return route == EdgeRoute.Asset || request.Query.ContainsKey(Locale) ? address : QueryHelpers.AddQueryString(address, Locale, "en");
    }

    // Whole before it goes on: a slow sender must not hold one of Superset's few threads.
    private static async Task<byte[]> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        return body.ToArray();
    }

    private static async Task<IFormCollection> ReadFormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!string.Equals(new MediaTypeHeaderValue(request.ContentType!.Split(';')[0].Trim()).MediaType, "application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
        {
            throw new ProblemException(Problems.UnsupportedMediaType);
        }

        try
        {
            return await request.ReadFormAsync(cancellationToken);
        }
        catch (InvalidDataException exception)
        {
            throw new ProblemException(Problems.Malformed, exception);
        }
    }

    // An export is a form that the page submits into a new tab, token included. Superset would log the field in clear.
    private static FormUrlEncodedContent WithoutTokens(IFormCollection form) => new(form
        .Where(field => field.Key is not (TokenField or CsrfField))
        .SelectMany(field => field.Value, (field, value) => KeyValuePair.Create(field.Key, value)));
}
