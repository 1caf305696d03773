namespace EmbedStack.Api.Edge.Upstreams;

/// <summary>How an instance of Superset is, from the one to ask first to the one to ask last.</summary>
internal enum InstanceState
{
    /// <summary>It answers.</summary>
    There,

    /// <summary>It answers, but only that it cannot.</summary>
    Failing,

    /// <summary>It has answered nobody for a while: it may have much to do, or hang.</summary>
    Silent,

    /// <summary>A connection to it failed, or its health is bad.</summary>
    Away,
}
