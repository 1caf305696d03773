namespace EmbedStack.Api.GuestTokens;

/// <summary>Makes Superset's guest tokens.</summary>
internal interface IGuestTokenIssuer
{
    /// <exception cref="Http.ProblemException">Superset is away, or refused the grant.</exception>
    Task<string> IssueAsync(GuestTokenGrant grant, CancellationToken cancellationToken);
}
