using EmbedStack.Api.Dashboards;
using EmbedStack.Api.Edge.Exchange;
using EmbedStack.Api.GuestTokens;
using EmbedStack.Api.Http;
using EmbedStack.Api.Persistence;
using EmbedStack.Api.Tenancy;
using Npgsql;

namespace EmbedStack.Api.Edge.Warmup;

/// <summary>
/// Guests in whose place dashboards are warmed: one for each tenant and role whose members all see the same. Clinicians see
/// their own rows each, and are not warmed for.
/// </summary>
internal sealed class WarmGuests(NpgsqlDataSource database, TenantDirectory tenants, CatalogueSource catalogue, GuestTokenGrants grants)
{
    private const string Subject = "warm-up";
    private static readonly Guid Session = new("57a12e00-0000-4000-8000-000000000001");

    public async Task<List<EdgeGuest>> ListAsync(CancellationToken cancellationToken)
    {
        var guests = new List<EdgeGuest>();
        var dashboards = (await catalogue.GetAsync(cancellationToken)).Dashboards;
        foreach (var key in await database.QueryAsync("select key from shared.tenants where enabled order by key", [], row => row.GetString(0), cancellationToken))
        {
            if (await tenants.FindAsync(key, cancellationToken) is not { } tenant)
            {
                continue;
            }

            foreach (var role in tenant.Kind == TenantKind.Network ? (string[])[Roles.Network] : [Roles.Admin, Roles.Staff])
            {
                foreach (var dashboard in dashboards)
                {
                    if (await DecideAsync(new Person(Subject, Session, Subject, tenant, role, null), dashboard.Key, cancellationToken) is { } guest)
                    {
                        guests.Add(guest);
                    }
                }
            }
        }

        return guests;
    }

    private async Task<EdgeGuest?> DecideAsync(Person person, string dashboard, CancellationToken cancellationToken)
    {
        try
        {
            return new EdgeGuest(await grants.DecideAsync(person, [dashboard], cancellationToken));
        }
        catch (ProblemException refused) when (refused.Problem.Status < StatusCodes.Status500InternalServerError)
        {
            return null; // not for this role, or revoked
        }
    }
}
