namespace EmbedStack.Api.GuestTokens;

/// <summary>Makes what a browser shows at the embed origin.</summary>
internal interface IBrowserTokens
{
    /// <exception cref="Http.ProblemException">Superset is away, or refused the grant.</exception>
    Task<GuestToken> MakeAsync(GuestTokenGrant grant, CancellationToken cancellationToken);
}
