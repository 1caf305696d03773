namespace EmbedStack.Api.Edge.Cache;

/// <summary>What an answer depends on besides its question.</summary>
internal sealed record CacheScope
{
    /// <summary>Which route is asked.</summary>
    public required string Route { get; init; }

    /// <summary>The tenant's key: each has a share of what is kept.</summary>
    public required string Tenant { get; init; }

    /// <summary>The dashboard's key: the one that the token is for and that the question names.</summary>
    public required string Dashboard { get; init; }

    /// <summary>Who sees the same rows through the same rules and connection. Never the token, never the person.</summary>
    public required string DataIdentity { get; init; }

    /// <summary>What the guest may do besides looking.</summary>
    public required string Tier { get; init; }

    /// <summary>The language of messages.</summary>
    public required string Locale { get; init; }

    /// <summary>Today: Superset resolves times such as "Last week" anew each day.</summary>
    public required string Day { get; init; }

    /// <summary>The versions of rows, charts and of what was dropped on demand.</summary>
    public required string Version { get; init; }
}
