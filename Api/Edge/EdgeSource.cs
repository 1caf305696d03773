namespace EmbedStack.Api.Edge;

/// <summary>Whence an answer came.</summary>
internal enum EdgeSource
{
    /// <summary>Superset was asked, for this request or for one that was under way.</summary>
    Superset,

    /// <summary>This process' memory.</summary>
    Memory,

    /// <summary>What instances share.</summary>
    Store,

    /// <summary>An answer past its age, while a newer one is fetched.</summary>
    Stale,

    /// <summary>The edge itself.</summary>
    Edge,
}
