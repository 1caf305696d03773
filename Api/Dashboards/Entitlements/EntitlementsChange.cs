using System.Globalization;
using EmbedStack.Api.Audit;

namespace EmbedStack.Api.Dashboards.Entitlements;

/// <summary>What a change adds and takes away, by keys.</summary>
internal sealed record EntitlementsChange(IReadOnlyList<string> Added, IReadOnlyList<string> Removed, IReadOnlyList<string> Altered, IReadOnlyList<string> Dashboards)
{
    private const int LongestText = 1000;

    public static EntitlementsChange Between(IReadOnlyList<Entitlement> before, IReadOnlyList<Entitlement> after)
    {
        var (old, wanted) = (before.ToDictionary(Key, StringComparer.Ordinal), after.ToDictionary(Key, StringComparer.Ordinal));
        string[] added = [.. wanted.Keys.Except(old.Keys).Order(StringComparer.Ordinal)];
        string[] removed = [.. old.Keys.Except(wanted.Keys).Order(StringComparer.Ordinal)];
        string[] altered = [.. wanted.Keys.Intersect(old.Keys).Where(key => Text(old[key]) != Text(wanted[key])).Order(StringComparer.Ordinal)];
        return new(added, removed, altered, [.. added.Concat(removed).Concat(altered).Select(key => key.Split('/')[0]).Distinct()]);
    }

    /// <summary>The audit's row about it. By the number the history finds who it was: a correlation id is whatever the caller says.</summary>
    public AuditEvent In(AuditEvent about, long version) =>
        about with { Dashboards = Dashboards, Reason = string.Create(CultureInfo.InvariantCulture, $"#{version} {this}") };

    /// <summary>For the audit: <c>+clinic/staff/* -revenue/admin/northside ~outcomes/admin/*</c>.</summary>
    public override string ToString()
    {
        var text = string.Join(' ', Added.Select(key => $"+{key}").Concat(Removed.Select(key => $"-{key}")).Concat(Altered.Select(key => $"~{key}")));
        return text.Length switch
        {
            0 => "no change",
            <= LongestText => text,
            _ => $"{text[..LongestText]}…",
        };
    }

    private static string Key(Entitlement entry) => $"{entry.DashboardKey}/{entry.Role}/{entry.Tenant}";

    private static string Text(Entitlement entry) => EntitlementsDocument.Of([entry]).ToJson();
}
