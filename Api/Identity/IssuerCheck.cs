namespace EmbedStack.Api.Identity;

/// <summary>Asks Keycloak once whether it is the issuer that is configured: people must not be sent elsewhere.</summary>
internal sealed class IssuerCheck(KeycloakClient keycloak, KeycloakSettings settings)
{
    private bool _confirmed;

    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (_confirmed)
        {
            return;
        }

        var issuer = await keycloak.ReadIssuerAsync(cancellationToken);
        _confirmed = issuer == settings.IssuerText
            ? true
            : throw new InvalidOperationException($"Keycloak calls itself {issuer}, configured is {settings.IssuerText}.");
    }
}
