namespace EmbedStack.Api.GuestTokens;

/// <summary>Makes Superset's guest tokens.</summary>
internal interface IGuestTokenIssuer
{
    /// <summary>Another one once tokens are made under another secret; nothing where the secret is not ours to know.</summary>
    string Generation => "";

    /// <exception cref="Http.ProblemException">Superset is away, or refused the grant.</exception>
    Task<string> IssueAsync(GuestTokenGrant grant, CancellationToken cancellationToken);
}
