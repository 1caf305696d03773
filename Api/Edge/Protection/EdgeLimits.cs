namespace EmbedStack.Api.Edge.Protection;

/// <summary>
/// How much of the edge a person and a tenant may have, and how much of Superset there is: <c>Edge:Limits</c>. Each instance
/// counts for itself.
/// </summary>
/// <param name="PersonBurst">Requests of one person at once, or after a pause.</param>
/// <param name="PersonPerSecond">And in the long run.</param>
/// <param name="PersonConcurrent">Of these, unanswered ones.</param>
/// <param name="TenantBurst">The same of a tenant.</param>
/// <param name="TenantPerSecond">And in the long run.</param>
/// <param name="TenantConcurrent">Of these, unanswered ones.</param>
/// <param name="Superset">Requests that Superset works on at once: its workers' threads, in all instances.</param>
/// <param name="TenantOfSuperset">Of these, one tenant's: fewer, so that some are always left for the others.</param>
/// <param name="PagesOfSuperset">Of these, pages that are opened, which are nobody's.</param>
/// <param name="AssetsOfSuperset">Of these, assets, which are nobody's either.</param>
/// <param name="Waiting">Requests that wait for Superset.</param>
/// <param name="TenantWaiting">Of these, one tenant's.</param>
/// <param name="PagesWaiting">Pages that wait.</param>
/// <param name="NetworkPages">Pages that one network opens at once, or after a pause.</param>
/// <param name="NetworkPagesPerMinute">And in the long run.</param>
/// <param name="Patience">How long one waits for Superset.</param>
internal sealed record EdgeLimits(
    int PersonBurst, int PersonPerSecond, int PersonConcurrent, int TenantBurst, int TenantPerSecond, int TenantConcurrent,
    int Superset, int TenantOfSuperset, int PagesOfSuperset, int AssetsOfSuperset, int Waiting, int TenantWaiting, int PagesWaiting,
    int NetworkPages, int NetworkPagesPerMinute, TimeSpan Patience)
{
    /// <exception cref="InvalidOperationException">A limit is not a positive number.</exception>
    public static EdgeLimits From(IConfiguration configuration, int instances = 1)
    {
        var superset = Read("Superset", 16 * instances);
        return new(
            Read("PersonBurst", 600), Read("PersonPerSecond", 60), Read("PersonConcurrent", 64),
            Read("TenantBurst", 20_000), Read("TenantPerSecond", 4_000), Read("TenantConcurrent", 2_000),
            superset, Math.Min(superset, Read("TenantOfSuperset", Math.Max(1, superset * 3 / 4))),
            Math.Min(superset, Read("PagesOfSuperset", Math.Max(1, superset * 3 / 8))),
            Math.Min(superset, Read("AssetsOfSuperset", Math.Max(1, superset / 8))),
            Read("Waiting", 1_000), Read("TenantWaiting", 250), Read("PagesWaiting", 2_000),
            Read("NetworkPages", 1_000), Read("NetworkPagesPerMinute", 120), TimeSpan.FromSeconds(Read("PatienceSeconds", 30)));

        int Read(string name, int otherwise) => configuration.GetValue<int?>($"Edge:Limits:{name}") switch
        {
            null => otherwise,
            { } given when given > 0 => given,
            _ => throw new InvalidOperationException($"Edge__Limits__{name} must be a positive number."),
        };
    }
}
