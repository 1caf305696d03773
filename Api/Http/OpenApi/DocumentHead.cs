using EmbedStack.Api.Identity;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace EmbedStack.Api.Http.OpenApi;

/// <summary>What the document says of the whole Api: its name, its address, and how callers make themselves known.</summary>
internal sealed class DocumentHead(Origins origins) : IOpenApiDocumentTransformer
{
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "EmbedStack API",
            Version = "v1",
            Description =
                "Sign-in, dashboards, guest tokens, revocation and audit. Errors are application/problem+json; docs/security.md lists their types. "
                + "Left out: /bff/signin, where Keycloak sends browsers back to, and nobody else comes with anything that it takes.",
        };
        document.Servers = [new OpenApiServer { Url = Origins.Text(origins.App) }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            ["session"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = IdentityExtensions.SessionCookie },
            ["bearer"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" },
        };
        return Task.CompletedTask;
    }
}
