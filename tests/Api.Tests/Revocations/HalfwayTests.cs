using System.Net;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Revocations;

/// <summary>What fails halfway has not happened: nobody is refused whose tokens live, and no session ends whose tokens live.</summary>
public sealed class HalfwayTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Theory]
    [InlineData("person")]
    [InlineData("session")]
    public async Task RevocationThatCannotReachTheTokensEndsNothing(string kind)
    {
        var (administrator, person) = (new TestPerson(), new TestPerson { Roles = ["staff"] });
        using var admin = await api.SignInAsync(administrator);
        using var colleague = await api.SignInAsync(person);
        using var seen = await colleague.GetAsync("/bff/user");
        var value = kind == "person" ? person.Subject : await SessionOfAsync(person);
        await WithoutRevocationsAsync(async () =>
        {
            using var failed = await admin.PostAsync("/api/admin/revocations", new { kind, value });
            await failed.AssertProblemAsync(HttpStatusCode.InternalServerError, "internal");
        });

        using var still = await colleague.GetAsync("/bff/user");
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
        Assert.Empty(await api.Database.QueryAsync("select 1 from api.revoked_persons where subject = $1", person.Subject));
        // The row before the act says that it was begun, the one after it that it was not done.
        var rows = await api.Database.QueryAsync(
            "select outcome, reason from audit.events where kind = 'revocation' and person = audit.person($1) order by at, batch, position", administrator.Subject);
        Assert.Equal([("allowed", $"revoked {kind}"), ("refused", "internal")], rows.Select(row => ((string)row["outcome"]!, (string)row["reason"]!)));

        Assert.Equal(["allowed", "refused"], (await api.Database.QueryAsync(
            "select outcome from audit.events where kind = 'revocation' and person = audit.person($1) order by at, batch, position", person.Subject)).Select(row => row["outcome"]));

        using var again = await admin.PostAsync("/api/admin/revocations", new { kind, value });
        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
        using var ended = await colleague.GetAsync("/bff/user");
        await ended.AssertProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
    }

    [Fact]
    public async Task LogoutTokenWhoseSessionCouldNotBeEndedCountsWhenItComesAgain()
    {
        var person = new TestPerson();
        using var browser = await api.SignInAsync(person);
        var session = await SessionOfAsync(person);
        var token = api.Keycloak.Logout.Sign(api.Keycloak.Logout.Claims(person));
        await WithoutRevocationsAsync(async () =>
        {
            using var failed = await SendAsync(token);
            await failed.AssertProblemAsync(HttpStatusCode.InternalServerError, "internal");
        });

        using var still = await browser.GetAsync("/bff/user");
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
        using var again = await SendAsync(token);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Single(await api.Database.QueryAsync("select 1 from shared.revocations where kind = 'session' and value = $1", session));
        using var ended = await browser.GetAsync("/bff/user");
        await ended.AssertProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
    }

    private async Task WithoutRevocationsAsync(Func<Task> act)
    {
        await api.Database.ExecuteAsync("revoke insert, update on shared.revocations from api");
        try
        {
            await act();
        }
        finally
        {
            await api.Database.ExecuteAsync("grant insert, update on shared.revocations to api");
        }
    }

    private async Task<string> SessionOfAsync(TestPerson person) =>
        Assert.Single(await api.Database.QueryAsync("select id from api.sessions where subject = $1", person.Subject))["id"]!.ToString()!;

    private async Task<HttpResponseMessage> SendAsync(string token)
    {
        using var caller = api.NewBrowser();
        return await caller.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/bff/backchannel-logout")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["logout_token"] = token }),
        });
    }
}
