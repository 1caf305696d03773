using EmbedStack.Api.Http;

namespace EmbedStack.Api.GuestTokens;

/// <summary>Has Superset make the token, as the service account. A login that is no longer taken is renewed once.</summary>
internal sealed class HandshakeIssuer(SupersetClient superset, SupersetLoginMemo logins) : IGuestTokenIssuer
{
    public async Task<string> IssueAsync(GuestTokenGrant grant, CancellationToken cancellationToken)
    {
        var body = GuestTokenBody.From(grant);
        SupersetLogin? refused = null;
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var login = await logins.GetAsync(refused, cancellationToken);
            if (await superset.MintAsync(login, body, cancellationToken) is { } token)
            {
                return token;
            }

            refused = login;
        }

        throw new ProblemException(Problems.SupersetRefused);
    }
}
