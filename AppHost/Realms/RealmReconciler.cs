using Microsoft.Extensions.Logging;

namespace EmbedStack.AppHost.Realms;

/// <summary>
/// Lets a realm follow the model. Keycloak's import leaves a realm alone that is there already, with the addresses and
/// secrets of the run that imported it.
/// </summary>
internal sealed partial class RealmReconciler(KeycloakAdminClient keycloak, ILogger logger)
{
    /// <summary>Makes the realm where it is missing, else corrects its clients and the demo users' passwords.</summary>
    public async Task FollowModelAsync(RealmRepresentation wanted, CancellationToken cancellationToken)
    {
        if (!await keycloak.HasRealmAsync(wanted.Name, cancellationToken))
        {
            await ImportAsync(wanted, cancellationToken);
            return;
        }

        foreach (var client in wanted.Clients)
        {
            if (await keycloak.CorrectClientAsync(wanted.Name, client, cancellationToken) is { Count: > 0 } changed)
            {
                LogCorrected((string)client["clientId"]!, string.Join(", ", changed));
            }
        }

        foreach (var (userName, password) in wanted.Users)
        {
            await keycloak.SetPasswordAsync(wanted.Name, userName, password, cancellationToken);
        }
    }

    /// <summary>Deletes the realm with its users and sessions, and imports it anew.</summary>
    public async Task ResetAsync(RealmRepresentation wanted, CancellationToken cancellationToken)
    {
        if (await keycloak.HasRealmAsync(wanted.Name, cancellationToken))
        {
            await keycloak.DeleteRealmAsync(wanted.Name, cancellationToken);
        }

        await ImportAsync(wanted, cancellationToken);
    }

    private async Task ImportAsync(RealmRepresentation wanted, CancellationToken cancellationToken)
    {
        await keycloak.ImportRealmAsync(wanted, cancellationToken);
        LogImported(wanted.Name);
    }

    [LoggerMessage(LogLevel.Information, "Realm {Realm}: imported")]
    private partial void LogImported(string realm);

    [LoggerMessage(LogLevel.Information, "Client {Client}: follows the model again in {Settings}")]
    private partial void LogCorrected(string client, string settings);
}
