namespace EmbedStack.Api.GuestTokens;

/// <summary>Makes what a browser shows at the embed origin.</summary>
internal interface IBrowserTokens
{
    /// <summary>Another one once they are made under another secret.</summary>
    string Generation { get; }

    /// <exception cref="Http.ProblemException">Superset is away, or refused the grant.</exception>
    Task<GuestToken> MakeAsync(GuestTokenGrant grant, CancellationToken cancellationToken);
}
