using EmbedStack.Api.Dashboards;
using EmbedStack.Api.Edge.Exchange.Issuers;
using EmbedStack.Api.GuestTokens;
using EmbedStack.Api.Http;
using EmbedStack.Api.Revocations;
using EmbedStack.Api.Tenancy;
using Microsoft.Extensions.Caching.Memory;

namespace EmbedStack.Api.Edge.Exchange;

/// <summary>
/// Makes guests of browsers' tokens. The token only names its grant: session, tenant, entitlements, rules and revocations are
/// looked at anew at each request, in memory.
/// </summary>
internal sealed class EdgeGuests(
    EdgeTokenSigner signer, EdgeGrantStore store, EdgeSessions sessions, TenantDirectory tenants, CatalogueSource catalogue, GuestTokenGrants grants,
    RevocationSource revocations, TrustedIssuer issuer, TimeProvider time) : IDisposable
{
    // A token whose grant is gone is not looked for at each request: there may be thousands a second, and no limit before it.
    private static readonly TimeSpan Unknown = TimeSpan.FromSeconds(10);
    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = 50_000 });

    /// <summary>Takes a grant up that was just made: its token is shown here next, most likely.</summary>
    public void Keep(EdgeGrant grant) => _known.Set(
        grant.Id, new Known(grant), new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = grant.ExpiresAt - grant.IssuedAt });

    /// <param name="token">The token.</param>
    /// <param name="tell">Is told whose it is, also where that one is refused; not once the session has ended.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ProblemException">The token is none of ours nor of the issuer that is trusted, is over, or something of it was revoked.</exception>
    public async ValueTask<EdgeGuest> ReadAsync(string token, Action<Person> tell, CancellationToken cancellationToken)
    {
        if (signer.Read(token) is not { } id)
        {
            return issuer.Guests is { } others && IssuersToken.Is(token)
                ? await others.ReadAsync(token, cancellationToken)
                : throw new ProblemException(Problems.NoGuestToken);
        }

        if (await FindAsync(id, cancellationToken) is not { } known || await tenants.FindAsync(known.Grant.Tenant, cancellationToken) is not { } tenant)
        {
            throw new ProblemException(Problems.NoGuestToken);
        }

        var grant = known.Grant;
        var made = known.Made is { } last && last.Guest.Grant.Person.Tenant == tenant ? last : null;
        if (!revocations.Current.IsSessionEnded(grant.SessionId, grant.IssuedAt))
        {
            // Whose session ended may have been erased: to write down whose it was would make them known anew.
            tell(made?.Guest.Grant.Person ?? grant.In(tenant));
        }

        if (time.GetUtcNow() >= grant.ExpiresAt)
        {
            throw new ProblemException(Problems.NoGuestToken);
        }

        var current = await catalogue.GetAsync(cancellationToken);
        var guest = made is not null && ReferenceEquals(made.Catalogue, current) ? made.Guest : await DecideAsync(grant, tenant, cancellationToken);
        Check(guest, grant);
        await sessions.CheckAsync(grant, cancellationToken);
        known.Made = new Made(current, guest);
        return guest;
    }

    public void Dispose() => _known.Dispose();

    private async ValueTask<Known?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(id, out Known? known))
        {
            return known;
        }

        if (await store.FindAsync(id, cancellationToken) is not { } grant)
        {
            return _known.Set<Known?>(id, null, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Unknown });
        }

        Keep(grant);
        return new Known(grant);
    }

    private async Task<EdgeGuest> DecideAsync(EdgeGrant grant, Tenant tenant, CancellationToken cancellationToken)
    {
        try
        {
            return new EdgeGuest(await grants.DecideAsync(grant.In(tenant), grant.Dashboards, cancellationToken));
        }
        catch (ProblemException exception) when (exception.Problem != Problems.DatabaseUnavailable)
        {
            throw new ProblemException(Problems.NoGuestToken, exception);
        }
    }

    // 401 for all of it: that is what an embedded page understands.
    private void Check(EdgeGuest guest, EdgeGrant grant)
    {
        var revoked = revocations.Current;
        if (revoked.Refuse(guest.Grant.Person) is not null
            || revoked.IsTokenRevoked(grant.Id)
            || revoked.RefusesToken(guest.Grant.Person, grant.Dashboards, grant.IssuedAt))
        {
            throw new ProblemException(Problems.NoGuestToken);
        }
    }

    private sealed record Made(Catalogue Catalogue, EdgeGuest Guest);

    private sealed class Known(EdgeGrant grant)
    {
        private volatile Made? _made;

        public EdgeGrant Grant => grant;

        public Made? Made
        {
            get => _made;
            set => _made = value;
        }
    }
}
