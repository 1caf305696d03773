using System.Net.Http.Headers;
using EmbedStack.Api.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace EmbedStack.Api.Edge;

/// <summary>The browser's request, read whole: a slow sender must not hold one of Superset's few threads.</summary>
internal sealed record EdgeRequest(string Target, StringValues Tokens, ReadOnlyMemory<byte> Body, string? ContentType)
{
    private const string TokenField = "guest_token";
    private const string QuestionField = "form_data";
    private const string Locale = "_l_";
    private const string Form = "application/x-www-form-urlencoded";

    /// <summary>Bytes that a form may have before anybody knows whose it is.</summary>
    public const int LargestForm = 256 * 1024;

    /// <summary>Whether only the body can tell whose request it is: an export's form, which a page submits into a new tab.</summary>
    public static bool HoldsItsToken(HttpRequest request, EdgeRoute route) =>
        route == EdgeRoute.ChartData && request.HasFormContentType && EdgeHeaders.GuestTokens(request.Headers).Count == 0;

    /// <exception cref="ProblemException">It has a body that it must not have, or too large a one.</exception>
    public static async Task<EdgeRequest> ReadAsync(HttpContext context, EdgeRouteEntry entry, CancellationToken cancellationToken)
    {
        var request = context.Request;
        var (target, tokens) = (Address(request, entry.Route), EdgeHeaders.GuestTokens(request.Headers));
        if (!HttpMethods.IsPost(request.Method))
        {
            return context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody is not true
                ? new(target, tokens, default, ContentType: null)
                : throw new ProblemException(Problems.Malformed);
        }

        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = entry.LargestBody;
        if (entry.Route == EdgeRoute.ChartData && request.HasFormContentType)
        {
            var form = await ReadFormAsync(request, cancellationToken);
            using var kept = Question(form);
            return new(target, tokens.Count > 0 ? tokens : form[TokenField], await kept.ReadAsByteArrayAsync(cancellationToken), Form);
        }

        return new(
            target, tokens, await ReadBodyAsync(request, entry.LargestBody, cancellationToken), MediaTypeHeaderValue.TryParse(request.ContentType, out var type) ? type.ToString() : null);
    }

    // With its language named Superset opens no session for a request that brings no cookie.
    private static string Address(HttpRequest request, EdgeRoute route)
    {
        var address = request.Path.ToUriComponent().TrimStart('/') + request.QueryString.ToUriComponent();
        return route == EdgeRoute.Asset || request.Query.ContainsKey(Locale) ? address : QueryHelpers.AddQueryString(address, Locale, "en");
    }

    private static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpRequest request, int largest, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream((int)Math.Min(request.ContentLength ?? 0, largest));
        await request.Body.CopyToAsync(body, cancellationToken);
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    private static async Task<IFormCollection> ReadFormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!string.Equals(new MediaTypeHeaderValue(request.ContentType!.Split(';')[0].Trim()).MediaType, Form, StringComparison.OrdinalIgnoreCase))
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

    // An export is a form that the page submits into a new tab, token included. Superset would log that field in clear, and
    // what else there is, the page sends for exports that are streamed alone.
    private static FormUrlEncodedContent Question(IFormCollection form) => form[QuestionField] is { Count: <= 1 } question
        ? new(question.Select(value => KeyValuePair.Create(QuestionField, value)))
        : throw new ProblemException(Problems.Malformed);
}
