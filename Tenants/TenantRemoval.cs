using EmbedStack.ClinicData.Stores;
using EmbedStack.ServiceDefaults.Jobs;
using EmbedStack.Tenants.Keycloak;
using EmbedStack.Tenants.Stack;

namespace EmbedStack.Tenants;

/// <summary>Disables a tenant, which ends its people's sign-in and tokens; on request erases it and proves that nothing is left.</summary>
internal sealed class TenantRemoval(RunningStack stack, Terminal terminal)
{
    public async Task RunAsync(string key, bool erase, bool confirmed, CancellationToken cancellation)
    {
        var record = await stack.Records.FindAsync(key, cancellation);
        var organization = await stack.Keycloak.FindOrganizationAsync(key, cancellation);
        if (record is null && organization is null && !erase)
        {
            throw new JobException($"there is no tenant '{key}'");
        }

        if (erase && !confirmed)
        {
            terminal.Confirm($"Erasing '{record?.Name ?? key}' with its people and all its rows", key);
        }

        var members = organization is null ? [] : await stack.Keycloak.MembersOfAsync(organization, cancellation);
        await DisableAsync(key, organization, members, cancellation);
        if (erase)
        {
            await EraseAsync(key, organization, members, cancellation);
        }
    }

    private async Task DisableAsync(string key, Organization? organization, IReadOnlyList<KeycloakUser> members, CancellationToken cancellation)
    {
        if (await stack.Records.SetEnabledAsync(key, enabled: false, cancellation))
        {
            terminal.Say("record", $"{key} disabled");
        }

        if (organization is not null)
        {
            await stack.Keycloak.SetEnabledAsync(organization, enabled: false, cancellation);
            foreach (var member in members)
            {
                await stack.Keycloak.SignOutAsync(member, cancellation);
            }

            terminal.Say("organization", $"{key} disabled, {members.Count} people signed out");
        }
    }

    private async Task EraseAsync(string key, Organization? organization, IReadOnlyList<KeycloakUser> members, CancellationToken cancellation)
    {
        // An interrupted run may have made somebody who is no member yet.
        var made = await stack.Keycloak.UsersMadeForAsync(key, cancellation);
        var (erased, kept) = (new List<KeycloakUser>(), 0);
        foreach (var member in made.UnionBy(members, member => member.Id))
        {
            var organizations = await stack.Keycloak.OrganizationsOfAsync(member, cancellation);
            if (organizations.Any(other => other.Id != organization?.Id))
            {
                kept++;
                await LetGoAsync(member, organizations.FirstOrDefault(own => own.Id == organization?.Id), key, cancellation);
                continue;
            }

            // While Keycloak still knows whose they are: a run that is stopped in between finds them again.
            await stack.Records.ErasePersonAsync(member.Id, cancellation);
            await stack.Keycloak.DeleteAsync(member, cancellation);
            erased.Add(member);
        }

        if (organization is not null)
        {
            await stack.Keycloak.DeleteAsync(organization, cancellation);
        }

        await stack.Records.ForgetAsync(key, cancellation);
        var storage = await new TenantErasure(stack.Server, TextWriter.Null).EraseAsync(key, cancellation);
        await ProveAsync(key, erased, kept, storage, cancellation);
    }

    private async Task LetGoAsync(KeycloakUser member, Organization? organization, string key, CancellationToken cancellation)
    {
        if (organization is not null)
        {
            await stack.Keycloak.RemoveMemberAsync(organization, member, cancellation);
        }

        if (member.MadeFor == key)
        {
            await stack.Keycloak.UnmarkAsync(member, cancellation);
        }
    }

    private async Task ProveAsync(
        string key, IReadOnlyList<KeycloakUser> erased, int others, ErasureProof storage, CancellationToken cancellation)
    {
        long people = (await stack.Keycloak.UsersMadeForAsync(key, cancellation)).Count;
        foreach (var member in erased)
        {
            people += await stack.Keycloak.FindUserAsync(member.Username, cancellation) is null ? 0 : 1;
        }

        Remainder[] kept = others == 0 ? [] :
            [new Remainder("keycloak: people of other organizations", others, $"{others} who belong to another organization as well, and no more to this one")];
        Proof.Show(terminal, $"tenant '{key}'", new ErasureProof(
        [
            .. storage.Places,
            .. await stack.Records.CountRememberedAsync(key, erased.Select(member => member.Id), cancellation),
            new Remainder("keycloak: organization", await stack.Keycloak.FindOrganizationAsync(key, cancellation) is null ? 0 : 1),
            new Remainder("keycloak: people", people),
            .. kept,
            Elsewhere.Caches,
            Elsewhere.Decisions,
            Elsewhere.Revocation,
            Elsewhere.SignIns,
            Elsewhere.Audit,
        ]));
    }
}
