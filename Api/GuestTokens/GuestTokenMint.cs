using EmbedStack.Api.Audit;
using EmbedStack.Api.Http;
using EmbedStack.Api.Revocations;
using EmbedStack.Api.Tenancy;

namespace EmbedStack.Api.GuestTokens;

/// <summary>
/// The grant, then the token, then the audit row; only then the answer. Whatever stops it is audited as well, so many times a
/// minute. A token that is handed out again has a row each time.
/// </summary>
internal sealed class GuestTokenMint(
    GuestTokenGrants grants, IBrowserTokens tokens, GuestTokenMemo memo, RevocationSource revocations, AuditLog audit,
    RefusalAudit refusals, Origins origins, MintMetrics metrics)
{
    private const string Reused = "reused";

    /// <exception cref="ProblemException">Nothing was minted, and why.</exception>
    public async Task<GuestTokenAnswer> MintAsync(
        Person person, IReadOnlyList<string> keys, HttpContext context, CancellationToken cancellationToken)
    {
        using var measure = metrics.Start();
        var about = AuditEvent.Permitted(AuditKind.Mint, context).By(person) with { Dashboards = keys };
        var isTold = false;
        try
        {
            var grant = await grants.DecideAsync(person, keys, cancellationToken);
            var known = memo.Find(grant, revocations.Current);
            if (known is not null)
            {
                measure.Reuse();
            }

            var token = known ?? await MakeAsync(grant, cancellationToken);
            isTold = true; // the row may come though nobody waits for it any more
            await audit.WriteAsync(about.With(grant, token) with { Reason = known is null ? null : Reused }, cancellationToken);
            // What was revoked while the token was made counts too.
            grants.Check(person, keys);
            measure.Succeed();
            return Answer(grant, token);
        }
        catch (Exception stopped)
        {
            var reason = AuditReason.Of(stopped);
            measure.Refuse(reason);
            // Not the caller's token: whoever hangs up early leaves a row as well. What was told as minted is always taken back.
            var refusal = about.AsRefused(reason, context);
            await (isTold ? audit.WriteAsync(refusal, CancellationToken.None) : refusals.WriteAsync(refusal, CancellationToken.None));
            throw;
        }
    }

    private async Task<GuestToken> MakeAsync(GuestTokenGrant grant, CancellationToken cancellationToken)
    {
        var token = await tokens.MakeAsync(grant, cancellationToken);
        memo.Keep(grant, token);
        return token;
    }

    private GuestTokenAnswer Answer(GuestTokenGrant grant, GuestToken token) => new(
        token.Text, token.ExpiresAt,
        [.. grant.Dashboards.Select(entry => new GuestTokenAnswer.Embed(entry.Key, entry.EmbeddedUuid, Origins.Text(origins.Embed)))]);
}
