using EmbedStack.Api.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EmbedStack.Api.Tenancy;

/// <summary>
/// The colours of whoever is signed in, as a style sheet that the app's page waits for before it paints: it never shows the
/// product's own first. It is empty for nobody, and where there is no such clinic. Keycloak is not asked: a page must not stay
/// white while it is away, and a colour is nothing to refuse.
/// </summary>
internal static class BrandEndpoint
{
    public static void MapBrand(this IEndpointRouteBuilder app) =>
        app.MapGet("/bff/brand.css", ReadAsync).Produces<string>(StatusCodes.Status200OK, "text/css").WithMetadata(new UncheckedSession());

    private static async Task<ContentHttpResult> ReadAsync(HttpContext context, TenantDirectory tenants)
    {
        var ticket = await context.AuthenticateAsync(IdentityExtensions.SessionScheme);
        var key = ticket.Properties is { } properties ? Session.Of(properties)?.Tenant : null;
        var tenant = key is null ? null : await tenants.FindAsync(key, context.RequestAborted);
        return TypedResults.Content(Brand.Of(tenant)?.ToStyle() ?? "", "text/css", System.Text.Encoding.UTF8);
    }
}
