using EmbedStack.Api.GuestTokens;
using EmbedStack.Api.Http;
using EmbedStack.Api.Tenancy;

namespace EmbedStack.Api.Dashboards.Entitlements;

/// <summary>Makes entitlements of a document, and says what of it is wrong, by its place: never by its contents.</summary>
internal sealed class EntitlementsReader(IReadOnlySet<string> dashboards, IReadOnlySet<string> tenants)
{
    private const int Most = 5000;
    private const int MostValues = 100;

    /// <summary>What conditions can ask for: what Keycloak says of a person and administrators alone set.</summary>
    public static readonly IReadOnlySet<string> Attributes = new HashSet<string>(StringComparer.Ordinal) { "region", "department" };

    /// <exception cref="ProblemException">Something in it is unknown or stands there twice.</exception>
    public IReadOnlyList<Entitlement> Read(EntitlementsDocument document)
    {
        if (document.Entitlements is not { Count: <= Most } entries)
        {
            throw Wrong($"'entitlements' must be a list of at most {Most}.");
        }

        var read = new Dictionary<(string?, string?, string), Entitlement>();
        for (var place = 0; place < entries.Count; place++)
        {
            var entitlement = Read(entries[place], $"entitlements[{place}]");
            if (!read.TryAdd((entitlement.DashboardKey, entitlement.Role, entitlement.Tenant), entitlement))
            {
                throw Wrong($"entitlements[{place}]: dashboard, role and tenant stand there twice.");
            }
        }

        return [.. read.Values];
    }

    private Entitlement Read(EntitlementsDocument.Entry? entry, string place)
    {
        var tenant = entry?.Tenant ?? Entitlement.AllTenants;
        return entry?.Dashboard is not { } dashboard || !dashboards.Contains(dashboard) ? throw Wrong($"{place}: unknown dashboard.")
            : entry.Role is not { } role || !Roles.All.Contains(role) ? throw Wrong($"{place}: unknown role.")
            : tenant != Entitlement.AllTenants && !tenants.Contains(tenant) ? throw Wrong($"{place}: unknown tenant.")
            : new Entitlement(dashboard, role, tenant, Conditions(entry, place));
    }

    private static Dictionary<string, IReadOnlyList<string>> Conditions(EntitlementsDocument.Entry entry, string place)
    {
        var conditions = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var (name, values) in entry.Conditions ?? new Dictionary<string, IReadOnlyList<string?>?>())
        {
            if (!Attributes.Contains(name))
            {
                throw Wrong($"{place}: unknown attribute.");
            }

            if (values is not { Count: > 0 and <= MostValues } || !values.All(value => value is not null && RuleValue.IsAllowed(value)))
            {
                throw Wrong($"{place}: a condition needs 1 to {MostValues} values of letters, digits, _ and -.");
            }

            conditions.Add(name, [.. values.OfType<string>().Distinct(StringComparer.Ordinal)]);
        }

        return conditions;
    }

    private static ProblemException Wrong(string title) => new(Problems.InvalidEntitlements with { Title = title });
}
