namespace EmbedStack.Api.Identity.BackChannel;

/// <summary>Reads logout tokens that the realm signed.</summary>
internal sealed class LogoutTokenReader(RealmSignature signature, KeycloakSettings settings, TimeProvider time)
{
    private static readonly string[] Types = ["logout+jwt"];

    /// <returns>The token, or null where it is not one that Keycloak sent to this client just now.</returns>
    public async Task<LogoutToken?> ReadAsync(string token, CancellationToken cancellationToken) =>
        await signature.VerifyAsync(token, Types, cancellationToken) is { } claims ? LogoutToken.Read(claims, settings, time.GetUtcNow()) : null;
}
