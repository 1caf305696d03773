using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace EmbedStack.AppHost.Realms;

/// <summary>
/// Lets a realm follow the model. Keycloak's import leaves a realm alone that is there already, with the addresses and
/// secrets of the run that imported it, and the persons of the version that did.
/// </summary>
internal sealed partial class RealmReconciler(KeycloakAdminClient keycloak, ILogger logger)
{
    /// <summary>
    /// Makes the realm where it is missing. Else corrects its clients and settings, and where the model is another than the one that
    /// the realm followed last, brings the rest of it: what a former model brought and is gone stays so.
    /// </summary>
    public async Task FollowModelAsync(RealmRepresentation wanted, CancellationToken cancellationToken)
    {
        if (await keycloak.FindAsync(wanted.Name, cancellationToken) is not JsonObject realm)
        {
            await ImportAsync(wanted, cancellationToken);
            return;
        }

        var clients = new RealmClients(keycloak, wanted.Name);
        foreach (var client in wanted.Clients)
        {
            if (await clients.CorrectAsync(client, cancellationToken) is { Count: > 0 } changed)
            {
                LogCorrected((string)client["clientId"]!, string.Join(", ", changed));
            }
        }

        await FollowProfileAsync(wanted, cancellationToken);
        var drifted = RealmDrift.Correct(realm, wanted.Json);
        if (drifted.Count > 0)
        {
            LogCorrectedRealm(wanted.Name, string.Join(", ", drifted));
        }

        var before = RealmState.Of(realm);
        if (before.Digest != wanted.State.Digest)
        {
            await FollowRolesAsync(wanted, clients, cancellationToken);
            await FollowPeopleAsync(wanted, before, new RealmPeople(keycloak, clients, wanted.Name), cancellationToken);
        }

        if (drifted.Count > 0 || before.Digest != wanted.State.Digest || before.Provided.Count == 0)
        {
            var state = wanted.State with { Provided = before.Provided.Concat(wanted.State.Provided).ToHashSet() };
            await keycloak.PutAsync(wanted.Name, state.In(realm), cancellationToken);
        }
    }

    /// <summary>Deletes the realm with its users and sessions, and imports it anew.</summary>
    public async Task ResetAsync(RealmRepresentation wanted, CancellationToken cancellationToken)
    {
        if (await keycloak.FindAsync(wanted.Name, cancellationToken) is not null)
        {
            await keycloak.DeleteAsync(wanted.Name, cancellationToken);
        }

        await ImportAsync(wanted, cancellationToken);
    }

    private async Task FollowProfileAsync(RealmRepresentation wanted, CancellationToken cancellationToken)
    {
        var path = $"{wanted.Name}/users/profile";
        var profile = await keycloak.FindAsync(path, cancellationToken) as JsonObject ?? [];
        if (ProfileDrift.Correct(profile, wanted.UserProfile) is { Count: > 0 } drifted)
        {
            await keycloak.PutAsync(path, profile, cancellationToken);
            LogCorrectedRealm(wanted.Name, string.Join(", ", drifted));
        }
    }

    private static async Task FollowRolesAsync(RealmRepresentation wanted, RealmClients clients, CancellationToken cancellationToken)
    {
        foreach (var (clientId, role) in wanted.ClientRoles)
        {
            await clients.AddRoleAsync(clientId, role, cancellationToken);
        }

        foreach (var account in wanted.ServiceAccounts)
        {
            await clients.GrantServiceAccountAsync(account, cancellationToken);
        }
    }

    private async Task FollowPeopleAsync(
        RealmRepresentation wanted, RealmState before, RealmPeople people, CancellationToken cancellationToken)
    {
        foreach (var group in wanted.Groups)
        {
            await people.AddGroupAsync(group, cancellationToken);
        }

        var added = wanted.State.Provided.Except(before.Provided).ToHashSet();
        foreach (var person in wanted.Persons)
        {
            var name = (string)person["username"]!;
            if (!await people.FollowPersonAsync(person, added.Contains(name), cancellationToken))
            {
                LogStranger(name);
            }
        }

        foreach (var organization in wanted.Organizations)
        {
            await people.FollowOrganizationAsync(organization, added.Contains((string)organization["alias"]!), added, cancellationToken);
        }

        LogFollowed(wanted.Name, string.Join(", ", added.Order(StringComparer.Ordinal)));
    }

    private async Task ImportAsync(RealmRepresentation wanted, CancellationToken cancellationToken)
    {
        await keycloak.PostAsync("", wanted.Json, cancellationToken);
        LogImported(wanted.Name);
    }

    [LoggerMessage(LogLevel.Information, "Realm {Realm}: imported")]
    private partial void LogImported(string realm);

    [LoggerMessage(LogLevel.Information, "Client {Client}: follows the model again in {Settings}")]
    private partial void LogCorrected(string client, string settings);

    [LoggerMessage(LogLevel.Information, "Realm {Realm}: follows the model again in {Settings}")]
    private partial void LogCorrectedRealm(string realm, string settings);

    [LoggerMessage(LogLevel.Warning, "Person {Name} was not made by this model: password, roles and organization stay as they are. Reset realm makes all anew")]
    private partial void LogStranger(string name);

    [LoggerMessage(LogLevel.Information, "Realm {Realm}: follows another model than before; new in it: {Names}")]
    private partial void LogFollowed(string realm, string names);
}
