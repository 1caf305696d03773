using EmbedStack.Api.Http;
using EmbedStack.ServiceDefaults.Clients;

namespace EmbedStack.Api.Identity;

/// <summary>The realm that signs people in. Every endpoint follows from the one issuer.</summary>
internal sealed record KeycloakSettings(Uri Issuer, string ClientId)
{
    public const string Service = "keycloak";

    public string IssuerText => Issuer.AbsoluteUri;

    public string Authorization => Endpoint("auth");

    public string Token => Endpoint("token");

    public string Introspection => Endpoint("token/introspect");

    public string EndSession => Endpoint("logout");

    public string Keys => Endpoint("certs");

    public string Discovery => $"{IssuerText}/.well-known/openid-configuration";

    public static KeycloakSettings From(IConfiguration configuration) => new(
        new Uri(configuration.GetServiceAddress(Service), $"realms/{configuration.GetRequired<string>("Keycloak:Realm")}"),
        configuration.GetRequired<string>("Keycloak:ClientId"));

    private string Endpoint(string name) => $"{IssuerText}/protocol/openid-connect/{name}";
}
