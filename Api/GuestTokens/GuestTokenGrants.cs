using EmbedStack.Api.Dashboards;
using EmbedStack.Api.Http;
using EmbedStack.Api.Revocations;
using EmbedStack.Api.Tenancy;

namespace EmbedStack.Api.GuestTokens;

/// <summary>Decides what a person's token may say: entitlement, then a rule for every dataset that the dashboards reach.</summary>
internal sealed partial class GuestTokenGrants(CatalogueSource catalogue, RevocationSource revocations, ILogger<GuestTokenGrants> logger)
{
    /// <exception cref="ProblemException">Not this, or not now.</exception>
    public async Task<GuestTokenGrant> DecideAsync(Person person, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var current = await catalogue.GetAsync(cancellationToken);
        Check(person, keys);
        var dashboards = keys.Select(key => current.Find(key, person)).OfType<Dashboard>().ToArray();
        if (dashboards.Length != keys.Count)
        {
            throw new ProblemException(Problems.UnknownDashboard);
        }

        var datasets = dashboards.SelectMany(dashboard => dashboard.Datasets).Distinct(StringComparer.Ordinal).ToArray();
        if (RowRules.For(person, datasets, current) is { } rules)
        {
            return new GuestTokenGrant(person, dashboards, rules);
        }

        LogUncovered(string.Join(',', datasets.Where(dataset => RowRules.For(person, [dataset], current) is null)), person.Role, string.Join(',', keys));
        throw new ProblemException(Problems.Uncovered);
    }

    /// <exception cref="ProblemException">Something of it is revoked.</exception>
    public void Check(Person person, IReadOnlyList<string> keys)
    {
        var revoked = revocations.Current;
        if ((revoked.Refuse(person)
            ?? (revoked.IsEverythingRevoked ? Problems.EmbeddingSuspended : keys.Any(revoked.IsDashboardRevoked) ? Problems.UnknownDashboard : null)) is { } refusal)
        {
            throw new ProblemException(refusal);
        }
    }

    [LoggerMessage(LogLevel.Error, "No rule for {Datasets} as {Role}: nothing was minted for {Dashboards}")]
    private partial void LogUncovered(string datasets, string role, string dashboards);
}
