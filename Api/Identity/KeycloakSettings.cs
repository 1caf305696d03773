using EmbedStack.Api.Http;
using EmbedStack.ServiceDefaults.Clients;

namespace EmbedStack.Api.Identity;

/// <summary>The realm that signs people in. Every endpoint follows from the one issuer.</summary>
internal sealed record KeycloakSettings(Uri Issuer, string ClientId)
{
    public const string Service = "keycloak";

    /// <summary>The client that asks the token endpoint, which takes what it is given: an answer that nobody waits for is lost.</summary>
    public const string TokenClient = "keycloak-tokens";

    /// <summary>The client that asks about tokens which callers show.</summary>
    public const string BearerClient = "keycloak-bearers";

    public string IssuerText => Issuer.AbsoluteUri;

    public string Authorization => Endpoint("auth");

    public string Token => Endpoint("token");

    public string Introspection => Endpoint("token/introspect");

    public string EndSession => Endpoint("logout");

    public string Keys => Endpoint("certs");

    public string Discovery => $"{IssuerText}/.well-known/openid-configuration";

    public static KeycloakSettings From(IConfiguration configuration) => new(
        new Uri(configuration.GetServiceAddress(Service), $"realms/{configuration.GetRequired<string>("Keycloak:Realm")}"),
        configuration.GetRequired<string>("Keycloak:ClientId"))
    {
        TokenPatience = ReadTokenPatience(configuration),
    };

    /// <summary>How long the token endpoint may take.</summary>
    public TimeSpan TokenPatience { get; private init; }

    /// <exception cref="InvalidOperationException">It is no time between a second and a minute.</exception>
    public static TimeSpan ReadTokenPatience(IConfiguration configuration) =>
        configuration.GetValue("Keycloak:TokenPatience", TimeSpan.FromSeconds(10)) is { TotalSeconds: >= 1 and <= 60 } patience
            ? patience
            : throw new InvalidOperationException("Keycloak__TokenPatience must be between a second and a minute.");

    private string Endpoint(string name) => $"{IssuerText}/protocol/openid-connect/{name}";
}
