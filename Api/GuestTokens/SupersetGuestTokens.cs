using EmbedStack.Api.Http;

namespace EmbedStack.Api.GuestTokens;

/// <summary>Makes Superset's guest tokens, the Api's assertion in each. In the direct way browsers get them as they are.</summary>
internal sealed class SupersetGuestTokens(AssertionSigner signer, IGuestTokenIssuer issuer, TokenSize size) : IBrowserTokens
{
    public string Generation => signer.Generation + issuer.Generation;

    public async Task<GuestToken> MakeAsync(GuestTokenGrant grant, CancellationToken cancellationToken)
    {
        var (assertion, signedAt) = signer.Sign(grant);
        var text = await issuer.IssueAsync(grant with { Assertion = assertion }, cancellationToken);
        var token = new GuestToken(text, signedAt, JsonWebSignature.ReadExpiry(text) ?? throw new ProblemException(Problems.SupersetRefused));
        size.Check(text, grant);
        return token;
    }
}
