using EmbedStack.Api.Tenancy;

namespace EmbedStack.Api.GuestTokens;

/// <summary>Which rows of which dataset each role sees. A dataset or role that is not named here sees nothing.</summary>
internal sealed class RowRuleSet
{
    private readonly Dictionary<(string Dataset, string Role), RowTerm[]> _terms = [];

    /// <param name="terms">The terms by name.</param>
    /// <param name="rows">For each dataset and role, the names of the terms that must all hold.</param>
    /// <exception cref="InvalidDataException">A role or a term is unknown, or a rule says nothing.</exception>
    public RowRuleSet(IReadOnlyDictionary<string, RowTerm> terms, IEnumerable<(string Dataset, string Role, IReadOnlyList<string> Terms)> rows)
    {
        foreach (var (dataset, role, names) in rows)
        {
            var where = $"rows of dataset '{dataset}'";
            if (!Roles.All.Contains(role))
            {
                throw new InvalidDataException($"{where} name role '{role}', which is none.");
            }

            if (names.FirstOrDefault(name => !terms.ContainsKey(name)) is { } unknown)
            {
                throw new InvalidDataException($"{where} name term '{unknown}', which row_terms lacks.");
            }

            var wanted = names.Select(name => terms[name]).ToArray();
            if (wanted.Length == 0 || (role != Roles.Clinician && wanted.Any(term => term.NamesStaff)))
            {
                throw new InvalidDataException($"{where} for role '{role}' have no term, or one of a staff member.");
            }

            _terms[(dataset, role)] = wanted;
        }
    }

    /// <returns>The clause for this person, or null where there is none.</returns>
    public string? Clause(string dataset, Person person) =>
        _terms.TryGetValue((dataset, person.Role), out var terms) && terms.All(term => term.IsFor(person)) ? string.Join(" AND ", terms.Select(term => term.Render(person))) : null;
}
