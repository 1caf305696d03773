using System.Collections.Frozen;

namespace EmbedStack.Api.Edge.Cache;

/// <summary>What kept answers can be dropped by.</summary>
internal static class DropKind
{
    public const string Tenant = "tenant";
    public const string Dataset = "dataset";
    public const string Dashboard = "dashboard";
    public const string Everything = "all";

    /// <summary>The value that goes with <see cref="Everything"/>.</summary>
    public const string All = "*";

    public static readonly FrozenSet<string> Known = FrozenSet.ToFrozenSet([Tenant, Dataset, Dashboard, Everything], StringComparer.Ordinal);
}
