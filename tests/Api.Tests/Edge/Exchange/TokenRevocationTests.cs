using System.Net;
using EmbedStack.Api.Revocations;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Edge.Exchange;

/// <summary>What is taken away acts on the next request, here and on other instances, also while Superset would still answer.</summary>
public sealed class TokenRevocationTests(ExchangeFixture api) : IClassFixture<ExchangeFixture>
{
    [Theory]
    [InlineData("tenant", "northside")]
    [InlineData("dashboard", "clinic")]
    [InlineData("all", "*")]
    public async Task StandingRevocationEndsTokensForGood(string kind, string value)
    {
        var token = await ReadableTokenAsync(new TestPerson());
        await api.Service<RevocationStore>().RevokeAsync(kind, value, untilLifted: true, CancellationToken.None);
        try
        {
            await AssertRefusedAsync(token);
        }
        finally
        {
            await api.Service<RevocationStore>().LiftAsync(kind, value, CancellationToken.None);
        }

        await AssertRefusedAsync(token);
        await ReadableTokenAsync(new TestPerson());
    }

    [Fact]
    public async Task EndedSessionTakesItsTokenAlong()
    {
        var (person, colleague) = (new TestPerson(), new TestPerson());
        var (token, others) = (await ReadableTokenAsync(person), await ReadableTokenAsync(colleague));
        var session = (Guid)(await api.Database.QueryAsync("select id from api.sessions where subject = $1", person.Subject)).Single()["id"]!;

        await api.Service<RevocationStore>().RevokeSessionAsync(session, CancellationToken.None);

        await AssertRefusedAsync(token);
        using var answer = await api.ReadAsync(others);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    // Its grant, which said that it was revoked, goes with the erasure.
    [Fact]
    public async Task ErasedPersonsTokenEndsAlsoWhereItIsStillKnown()
    {
        var person = new TestPerson();
        var token = await ReadableTokenAsync(person);
        await api.Database.ExecuteAsync("select api.forget_person($1)", person.Subject);
        await api.Service<RevocationSource>().RefreshAsync();
        await AssertRefusedAsync(token);
    }

    [Fact]
    public async Task RefusedPersonsTokenEnds()
    {
        var person = new TestPerson();
        var token = await ReadableTokenAsync(person);
        await api.Service<PersonRevocations>().RevokeAsync(person.Subject, "northside", byLeadership: true, CancellationToken.None);
        await AssertRefusedAsync(token);
    }

    [Fact]
    public async Task OneTokenCanBeRevokedOnEveryInstance()
    {
        var other = api.StartInstance();
        using var browser = await api.SignInAsync(new TestPerson());
        var token = await ExchangeFixture.TokenAsync(browser);
        var sibling = await ExchangeFixture.TokenAsync(browser, "appointments");
        using var first = await api.ReadAsync(token, other);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);

        await api.Database.ExecuteAsync(
            "update api.edge_grants set revoked_at = now() where id = $1", ExchangeFixture.Claims(token).GetProperty("jti").GetGuid());

        foreach (var instance in new[] { api.Api, other })
        {
            await Eventually.TrueAsync("the token is refused", async () =>
            {
                using var answer = await api.ReadAsync(token, instance);
                return answer.StatusCode == HttpStatusCode.Unauthorized;
            });
        }

        using var spared = await api.ReadAsync(sibling);
        Assert.Equal(HttpStatusCode.OK, spared.StatusCode);
    }

    [Fact]
    public async Task RevokedTokenEndsAtTheNextRequestAndIsNotHandedOutAgain()
    {
        using var browser = await api.SignInAsync(new TestPerson());
        using var administrator = await api.SignInAsync(new TestPerson());
        using var stranger = await api.SignInAsync(new TestPerson { Organizations = ["harbour"] });
        var token = await ExchangeFixture.TokenAsync(browser);
        Assert.Equal(token, await ExchangeFixture.TokenAsync(browser));
        var wanted = new { kind = "token", value = ExchangeFixture.Claims(token).GetProperty("jti").GetString() };

        using var refused = await stranger.PostAsync("/api/admin/revocations", wanted);
        await refused.AssertProblemAsync(HttpStatusCode.NotFound, "not-found");
        using var still = await api.ReadAsync(token);
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);

        using var revoked = await administrator.PostAsync("/api/admin/revocations", wanted);
        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        await AssertRefusedAsync(token);

        var next = await ExchangeFixture.TokenAsync(browser);
        Assert.NotEqual(token, next);
        using var answer = await api.ReadAsync(next);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task WithdrawnEntitlementEndsTheToken()
    {
        var token = await ReadableTokenAsync(new TestPerson(), "appointments");
        await api.Database.ExecuteAsync("delete from shared.entitlements where dashboard_key = 'appointments' and role = 'admin'");
        try
        {
            await Eventually.TrueAsync("the token is refused", async () =>
            {
                using var answer = await api.ReadAsync(token);
                return answer.StatusCode == HttpStatusCode.Unauthorized;
            });
        }
        finally
        {
            await api.Database.ExecuteAsync("insert into shared.entitlements (dashboard_key, role) values ('appointments', 'admin')");
        }
    }

    private async Task<string> ReadableTokenAsync(TestPerson person, string dashboard = "clinic")
    {
        string token = "";
        await Eventually.TrueAsync("a token is minted and opens the dashboard", async () =>
        {
            using var browser = await api.SignInAsync(person);
            using var minted = await browser.MintAsync(dashboard);
            if (minted.StatusCode != HttpStatusCode.OK)
            {
                return false;
            }

            token = (await minted.JsonAsync()).GetProperty("token").GetString()!;
            using var answer = await api.ReadAsync(token);
            return answer.StatusCode == HttpStatusCode.OK;
        });
        return token;
    }

    private async Task AssertRefusedAsync(string token)
    {
        var before = api.Superset.LastSeen;
        using var answer = await api.ReadAsync(token);
        await answer.AssertProblemAsync(HttpStatusCode.Unauthorized, "no-guest-token");
        Assert.Same(before, api.Superset.LastSeen);
    }
}
