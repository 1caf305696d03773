using System.Net;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Audit;

public sealed class ErasureTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static TestPerson Leader => new() { Organizations = ["lakeland"], Roles = ["network"] };

    [Fact]
    public async Task ErasedPersonIsForgottenHereAndStaysRefused()
    {
        var person = new TestPerson { Roles = ["staff"] };
        using var leader = await api.SignInAsync(Leader);
        using var browser = await api.SignInAsync(person);
        using var seen = await browser.GetAsync("/bff/user");
        var session = (await api.Database.QueryAsync("select id::text from api.sessions where subject = $1", person.Subject))[0]["id"]!;

        await EraseAsync(leader, person);

        Assert.Empty(await api.Database.QueryAsync("select 1 from api.sessions where subject = $1 union all select 1 from api.persons where subject = $1", person.Subject));
        Assert.Single(await api.Database.QueryAsync("select 1 from shared.revocations where kind = 'session' and value = $1 and revoked_at >= now()", session));
        using var ended = await browser.GetAsync("/bff/user");
        await ended.AssertProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");

        using var again = await api.SignInAsync(person);
        using var back = await again.GetAsync("/bff/user");
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
        Assert.Single(await api.Database.QueryAsync("select 1 from api.persons where subject = $1 and tenant = 'northside'", person.Subject));
        using var revoked = await leader.PostAsync("/api/admin/revocations", new { kind = "person", value = person.Subject });
        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        await EraseAsync(leader, person);
        using var refused = await api.SignInAsync(person);
        using var nothing = await refused.GetAsync("/bff/user");
        await nothing.AssertProblemAsync(HttpStatusCode.Forbidden, "access-withdrawn");
    }

    // Who has the Api's password, or the superuser's, erases nobody unseen.
    [Fact]
    public async Task VerificationTellsWhoWasErasedAndWhoWasRemovedOtherwise()
    {
        var (erased, removed) = (new TestPerson(), new TestPerson());
        using var leader = await api.SignInAsync(Leader);
        foreach (var person in (TestPerson[])[erased, removed])
        {
            using var browser = await api.SignInAsync(person);
        }

        var before = await VerifyAsync(leader);
        await EraseAsync(leader, erased);
        var after = await VerifyAsync(leader);
        Assert.Equal((before.Erasures + 1, true), (after.Erasures, after.Intact));

        await api.Database.ExecuteAsync("delete from audit.keys where id = audit.person($1)", removed.Subject);
        var tampered = await VerifyAsync(leader);
        Assert.False(tampered.Intact);
        Assert.Equal(["key_removed"], tampered.Findings.Distinct());
    }

    private static async Task<(long Erasures, bool Intact, string[] Findings)> VerifyAsync(Browser leader)
    {
        var verdict = await leader.GetJsonAsync("/api/audit/verification");
        return (
            verdict.GetProperty("erasures").GetInt64(), verdict.GetProperty("intact").GetBoolean(),
            [.. verdict.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("kind").GetString()!)]);
    }

    private static async Task EraseAsync(Browser leader, TestPerson person)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"/api/audit/persons/{person.Subject}") { Headers = { { "X-CSRF", "1" } } };
        using var answer = await leader.SendAsync(request);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }
}
