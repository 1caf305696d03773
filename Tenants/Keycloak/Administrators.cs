using System.Security.Cryptography;
using EmbedStack.ServiceDefaults.Jobs;

namespace EmbedStack.Tenants.Keycloak;

/// <summary>A tenant's first administrator.</summary>
internal sealed class Administrators(KeycloakAdmin keycloak)
{
    // Without letters and digits that look alike: it is read off a screen.
    private const string Letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private const int Length = 20;

    /// <exception cref="JobException">The address belongs to somebody who is not the tenant's.</exception>
    public async Task RefuseOthersAsync(string tenant, Organization? organization, string email, CancellationToken cancellation)
    {
        if (await keycloak.FindUserAsync(email, cancellation) is not { } user)
        {
            return;
        }

        // Whom this tenant's own run made, and was stopped, belongs nowhere yet; anybody else is not ours to move.
        var memberships = await keycloak.OrganizationsOfAsync(user, cancellation);
        if (memberships.Any(other => other.Id != organization?.Id) || (memberships.Count == 0 && user.MadeFor != tenant))
        {
            throw new JobException($"{email} is somebody else's user name. Next: choose another --admin-email");
        }
    }

    /// <returns>The temporary password, or null where the person is a member already.</returns>
    public async Task<string?> EnsureAsync(Organization organization, string email, CancellationToken cancellation)
    {
        var password = RandomNumberGenerator.GetString(Letters, Length);
        var user = await keycloak.FindUserAsync(email, cancellation);
        if (user is null)
        {
            user = await keycloak.AddAdministratorAsync(organization.Alias, email, password, cancellation);
        }
        else if ((await keycloak.OrganizationsOfAsync(user, cancellation)).Count > 0)
        {
            return null;
        }
        else
        {
            await keycloak.SetTemporaryPasswordAsync(user, password, cancellation);
        }

        await keycloak.AddMemberAsync(organization, user, cancellation);
        return password;
    }
}
