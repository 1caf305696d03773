using System.Net;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Audit;

public sealed class RefusalFloodTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const int Requests = 200;
    private const int RowsPerMinute = 60;

    [Theory]
    [InlineData("/bff/signin?iss=https://elsewhere.example&code=x&state=x", null, HttpStatusCode.BadRequest, "invalid-issuer")]
    [InlineData("/api/dashboards", "Bearer nothing", HttpStatusCode.Unauthorized, "invalid-token")]
    public async Task WhoIsNobodyFillsNoAudit(string path, string? authorization, HttpStatusCode status, string reason)
    {
        using var nobody = api.NewBrowser();
        for (var i = 0; i < Requests; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            if (authorization is not null)
            {
                request.Headers.TryAddWithoutValidation("Authorization", authorization);
            }

            using var answer = await nobody.SendAsync(request);
            Assert.Equal(status, answer.StatusCode);
        }

        // A minute may have begun anew in between. Both ways in share what a network may have written.
        var rows = await api.Database.QueryAsync("select 1 from audit.events where reason = $1", reason);
        Assert.True(rows.Count <= 2 * RowsPerMinute, $"{rows.Count} rows for {Requests} requests");
        Assert.NotEmpty(await api.Database.QueryAsync("select 1 from audit.events where outcome = 'refused'"));

        using var person = await api.SignInAsync(new TestPerson());
        using var mint = await person.MintAsync("clinic");
        Assert.Equal(HttpStatusCode.OK, mint.StatusCode);
    }

    [Fact]
    public async Task WhoIsRefusedFillsNoAudit()
    {
        var person = new TestPerson { Roles = [] };
        using var browser = await api.SignInAsync(person);
        for (var i = 0; i < Requests; i++)
        {
            using var answer = await browser.GetAsync("/api/dashboards");
            await answer.AssertProblemAsync(HttpStatusCode.Forbidden, "no-role");
        }

        var rows = await api.Database.QueryAsync("select 1 from audit.events where reason = 'no-role' and person = audit.person($1)", person.Subject);
        Assert.InRange(rows.Count, 1, 2 * RowsPerMinute);
    }
}
