using EmbedStack.Api.Dashboards;
using EmbedStack.Api.Tenancy;

namespace EmbedStack.Api.GuestTokens;

/// <summary>The rules that a person's token needs.</summary>
internal static class RowRules
{
    /// <returns>One rule a dataset, or null where a dataset has none for this person.</returns>
    public static IReadOnlyList<RowRule>? For(Person person, IEnumerable<string> datasets, Catalogue catalogue)
    {
        var rules = new List<RowRule>();
        foreach (var dataset in datasets.Distinct(StringComparer.Ordinal))
        {
            if (catalogue.Rules.Clause(dataset, person) is not { } clause || !catalogue.DatasetIds.TryGetValue(dataset, out var id))
            {
                return null;
            }

            rules.Add(new RowRule(dataset, id, clause));
        }

        return rules.Count > 0 ? rules : null;
    }
}
