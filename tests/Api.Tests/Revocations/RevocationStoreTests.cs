using System.Net;
using EmbedStack.Api.Revocations;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Revocations;

public sealed class RevocationStoreTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RevokedTenantIsRefusedAtTheNextRequestHereAndSoonElsewhere()
    {
        await using var other = api.StartInstance();
        var person = new TestPerson();
        using var browser = await api.SignInAsync(person);
        using var elsewhere = ApiFixture.NewBrowser(other);
        foreach (var (name, value) in browser.Cookies)
        {
            elsewhere.Cookies[name] = value;
        }

        await api.Service<RevocationStore>().RevokeAsync(RevocationKind.Tenant, "northside", untilLifted: true, Cancellation);
        try
        {
            using var here = await browser.GetAsync("/bff/user");
            await here.AssertProblemAsync(HttpStatusCode.Forbidden, "no-tenant");
            await Eventually.TrueAsync("the other instance refuses", async () =>
            {
                using var there = await elsewhere.GetAsync("/bff/user");
                return there.StatusCode == HttpStatusCode.Forbidden;
            });
        }
        finally
        {
            await api.Service<RevocationStore>().LiftAsync(RevocationKind.Tenant, "northside", Cancellation);
        }

        using var after = await browser.GetAsync("/bff/user");
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    // A request that was under way beside a sign-out hears from Keycloak that the session is over.
    [Fact]
    public async Task SessionThatIsGoneAlreadyEndsNoOtherOne()
    {
        var person = new TestPerson();
        using var browser = await api.SignInAsync(person);
        await api.Service<RevocationStore>().EndSessionsAsync(person.Subject, Guid.NewGuid(), Cancellation);
        using var still = await browser.GetAsync("/bff/user");
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
        var session = (Guid)Assert.Single(await api.Database.QueryAsync("select id from api.sessions where subject = $1", person.Subject))["id"]!;
        await api.Service<RevocationStore>().EndSessionsAsync(person.Subject, session, Cancellation);
        using var ended = await browser.GetAsync("/bff/user");
        await ended.AssertProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
    }

    [Fact]
    public async Task EndedSessionLeavesARowThatOutlivesItsTokensAndCoversWhatIsJustBeingSigned()
    {
        var session = Guid.NewGuid();
        await api.Service<RevocationStore>().RevokeSessionAsync(session, Cancellation);
        var row = Assert.Single(await api.Database.QueryAsync(
            "select revoked_at > now() + interval '10 seconds' as covers, expires_at > now() + interval '16 minutes' as outlives from shared.revocations where value = $1",
            session.ToString()));
        Assert.Equal((true, true), ((bool)row["covers"]!, (bool)row["outlives"]!));
    }
}
