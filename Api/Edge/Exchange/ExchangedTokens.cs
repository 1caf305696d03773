using EmbedStack.Api.GuestTokens;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Edge.Exchange;

/// <summary>
/// Gives browsers a token of our own. Superset's is made first: what cannot be shown is told at the mint, and the page finds
/// all in place. A page that is open already goes on with what is kept, Superset or not.
/// </summary>
internal sealed class ExchangedTokens(
    SupersetTokens superset, EdgeGrantStore store, EdgeGuests guests, EdgeTokenSigner signer, GuestTokenSettings settings, TimeProvider time)
    : IBrowserTokens
{
    // Superset's own tokens behind them are the edge's to renew.
    public string Generation => signer.Generation;

    public async Task<GuestToken> MakeAsync(GuestTokenGrant grant, CancellationToken cancellationToken)
    {
        // As revocations count: what was decided before one is refused by it.
        var now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        var person = grant.Person;
        var issued = new EdgeGrant(
            Guid.NewGuid(), person.SessionId, person.Subject, person.Tenant.Key, person.Role, person.StaffId, person.Attributes,
            [.. grant.Dashboards.Select(dashboard => dashboard.Key)], now, now + settings.Lifetime);
        try
        {
            await superset.GetAsync(grant, cancellationToken);
        }
        catch (ProblemException away) when (away.Problem == Problems.SupersetUnavailable)
        {
            if (!await store.IsOpenAsync(issued, cancellationToken))
            {
                throw;
            }
        }

        await store.AddAsync(issued, cancellationToken);
        guests.Keep(issued);
        var (text, end) = signer.Sign(issued, [.. grant.Dashboards.Select(dashboard => dashboard.EmbeddedUuid)]);
        return new GuestToken(text, now, end) { Id = issued.Id };
    }
}
