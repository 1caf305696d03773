using EmbedStack.Api.Secrets;

namespace EmbedStack.Api.Identity;

/// <summary>The client's secret at Keycloak.</summary>
internal sealed record KeycloakSecret(SecretFile File);
