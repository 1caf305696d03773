using System.Net;
using EmbedStack.Api.Http;
using EmbedStack.Api.Identity.Bearer;
using EmbedStack.Api.Revocations;
using EmbedStack.Api.Tests.GuestTokens;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Revocations;

/// <summary>Who may take back what, and what taking back does not give back.</summary>
public sealed class RevocationAuthorityTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Path = "/api/admin/revocations";

    [Fact]
    public async Task WhatLeadershipRefusesNoAdministratorLifts()
    {
        var person = new TestPerson { Roles = ["staff"] };
        using var colleague = await api.SignInAsync(person);
        using var seen = await colleague.GetAsync("/bff/user");
        using var leader = await SignInLeaderAsync();
        using var admin = await api.SignInAsync(new TestPerson());
        Assert.Equal(HttpStatusCode.NoContent, await RevokeAsync(leader, new { kind = "person", value = person.Subject }));
        Assert.Equal(HttpStatusCode.NoContent, await RevokeAsync(admin, new { kind = "person", value = person.Subject }));

        Assert.Equal(HttpStatusCode.NotFound, await LiftAsync(admin, $"person/{person.Subject}"));
        using var again = await api.SignInAsync(person);
        using var refused = await again.GetAsync("/bff/user");
        await refused.AssertProblemAsync(HttpStatusCode.Forbidden, "access-withdrawn");

        Assert.Equal(HttpStatusCode.NoContent, await LiftAsync(leader, $"person/{person.Subject}"));
        using var back = await again.GetAsync("/bff/user");
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
    }

    [Fact]
    public async Task ClinicsRefusalEndsAtItsDoorAndTheNextClinicHasTheSay()
    {
        var person = new TestPerson { Roles = ["staff"] };
        using var northside = await api.SignInAsync(new TestPerson());
        using var harbour = await api.SignInAsync(new TestPerson { Organizations = ["harbour"] });
        Assert.Equal(HttpStatusCode.OK, await VisitAsync(person));
        Assert.Equal(HttpStatusCode.NoContent, await RevokeAsync(northside, new { kind = "person", value = person.Subject }));
        Assert.Equal(HttpStatusCode.Forbidden, await VisitAsync(person));

        person.Organizations = ["harbour"];
        Assert.Equal(HttpStatusCode.OK, await VisitAsync(person));
        Assert.Equal(HttpStatusCode.NotFound, await RevokeAsync(northside, new { kind = "person", value = person.Subject }));
        Assert.Equal(HttpStatusCode.NotFound, await LiftAsync(northside, $"person/{person.Subject}"));
        Assert.Equal(HttpStatusCode.NotFound, await LiftAsync(harbour, $"person/{person.Subject}"));
        Assert.Equal(HttpStatusCode.NoContent, await RevokeAsync(harbour, new { kind = "person", value = person.Subject }));
        Assert.Equal(HttpStatusCode.Forbidden, await VisitAsync(person));
        Assert.Equal(HttpStatusCode.NoContent, await LiftAsync(harbour, $"person/{person.Subject}"));
        Assert.Equal(HttpStatusCode.OK, await VisitAsync(person));

        person.Organizations = ["northside"];
        Assert.Equal(HttpStatusCode.Forbidden, await VisitAsync(person));
        Assert.Equal(HttpStatusCode.NoContent, await LiftAsync(northside, $"person/{person.Subject}"));
        Assert.Equal(HttpStatusCode.OK, await VisitAsync(person));
    }

    [Fact]
    public async Task WhoIsRefusedAndMovesIsTheNextClinicsToSee()
    {
        var person = new TestPerson { Roles = ["staff"] };
        using var leader = await SignInLeaderAsync();
        using var northside = await api.SignInAsync(new TestPerson());
        using var harbour = await api.SignInAsync(new TestPerson { Organizations = ["harbour"] });
        Assert.Equal(HttpStatusCode.OK, await VisitAsync(person));
        Assert.Equal(HttpStatusCode.NoContent, await RevokeAsync(leader, new { kind = "person", value = person.Subject }));
        Assert.Contains(person.Subject, await ListAsync(northside), StringComparison.Ordinal);

        person.Organizations = ["harbour"];
        Assert.Equal(HttpStatusCode.Forbidden, await VisitAsync(person));
        Assert.Contains(person.Subject, await ListAsync(harbour), StringComparison.Ordinal);
        Assert.DoesNotContain(person.Subject, await ListAsync(northside), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EndingTokensDoesNotLiftWhatStands()
    {
        using var leader = await SignInLeaderAsync();
        using var browser = await api.SignInAsync(new TestPerson { Organizations = ["manly"] });
        Assert.Equal(HttpStatusCode.NoContent, await RevokeAsync(leader, new { kind = "all", value = "*" }));
        try
        {
            Assert.Equal(HttpStatusCode.NoContent, await RevokeAsync(leader, new { kind = "all", value = "*", until_lifted = false }));
            using var mint = await browser.MintAsync("clinic");
            await mint.AssertProblemAsync(HttpStatusCode.ServiceUnavailable, "embedding-suspended");
        }
        finally
        {
            Assert.Equal(HttpStatusCode.NoContent, await LiftAsync(leader, "all/*"));
        }
    }

    [Theory]
    [InlineData("revoke", "disable")]
    [InlineData("disable", "revoke")]
    public async Task EnablingATenantLiftsNoRevocation(string first, string second)
    {
        using var leader = await SignInLeaderAsync();
        using var browser = await api.SignInAsync(new TestPerson { Organizations = ["hurstville"] });
        foreach (var act in (string[])[first, second, "enable"])
        {
            using var answer = act == "revoke"
                ? await leader.PostAsync(Path, new { kind = "tenant", value = "hurstville" })
                : await leader.PostAsync($"/api/admin/tenants/hurstville/{act}");
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }

        api.Clock.Advance(TimeSpan.FromSeconds(10)); // the tenant's record has been read again
        using var refused = await browser.GetAsync("/bff/user");
        await refused.AssertProblemAsync(HttpStatusCode.Forbidden, "no-tenant");
        Assert.Equal(HttpStatusCode.NoContent, await LiftAsync(leader, "tenant/hurstville"));
        using var back = await browser.GetAsync("/bff/user");
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
    }

    [Fact]
    public async Task LeadershipDoesNotEraseItselfFromTheAudit()
    {
        var person = new TestPerson { Organizations = ["lakeland"], Roles = ["network"] };
        using var leader = await api.SignInAsync(person);
        using var erase = new HttpRequestMessage(HttpMethod.Delete, $"/api/audit/persons/{person.Subject}") { Headers = { { "X-CSRF", "1" } } };
        using var answer = await leader.SendAsync(erase);
        await answer.AssertProblemAsync(HttpStatusCode.Conflict, "would-lock-out");
    }

    [Fact]
    public void CallerWithATokenIsLetInAgainWithoutTheGuestTokensFromBefore()
    {
        var caller = TestPersons.Of("staff") with { SessionId = BearerSession.IdOf("subject") };
        var lifted = DateTimeOffset.UtcNow;
        var set = new RevocationSet([new(RevocationKind.Session, RevocationSet.SessionValue(caller.SessionId), lifted, lifted.AddMinutes(20))]);
        Assert.Null(set.Refuse(caller));
        Assert.True(set.RefusesToken(caller, ["clinic"], lifted.AddSeconds(-1)));
        Assert.False(set.RefusesToken(caller, ["clinic"], lifted.AddSeconds(1)));
        Assert.Equal(Problems.NotSignedIn, new RevocationSet([new(RevocationKind.Session, RevocationSet.SessionValue(Guid.Empty), lifted, lifted.AddMinutes(20))])
            .Refuse(caller with { SessionId = Guid.Empty }));
    }

    private async Task<HttpStatusCode> VisitAsync(TestPerson person)
    {
        using var browser = await api.SignInAsync(person);
        using var answer = await browser.GetAsync("/bff/user");
        return answer.StatusCode;
    }

    private static async Task<string> ListAsync(Browser browser)
    {
        using var answer = await browser.GetAsync(Path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private Task<Browser> SignInLeaderAsync() => api.SignInAsync(new TestPerson { Organizations = ["lakeland"], Roles = ["network"] });

    private static async Task<HttpStatusCode> RevokeAsync(Browser browser, object what)
    {
        using var answer = await browser.PostAsync(Path, what);
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> LiftAsync(Browser browser, string what)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"{Path}/{what}") { Headers = { { "X-CSRF", "1" } } };
        using var answer = await browser.SendAsync(request);
        return answer.StatusCode;
    }
}
