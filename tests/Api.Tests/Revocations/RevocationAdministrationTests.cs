using System.Net;
using System.Security.Cryptography;
using System.Text;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Revocations;

public sealed class RevocationAdministrationTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Path = "/api/admin/revocations";

    [Fact]
    public async Task AdministratorRefusesAColleagueUntilThatIsLifted()
    {
        var (administrator, person) = (new TestPerson(), new TestPerson { Roles = ["staff"] });
        using var admin = await api.SignInAsync(administrator);
        using var colleague = await SignInAndSeeAsync(person);
        var session = Assert.Single(await api.Database.QueryAsync("select id from api.sessions where subject = $1", person.Subject))["id"]!;

        await RevokeAsync(admin, "person", person.Subject);
        using var ended = await colleague.GetAsync("/bff/user");
        await ended.AssertProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
        using var again = await api.SignInAsync(person);
        using var refused = await again.GetAsync("/bff/user");
        await refused.AssertProblemAsync(HttpStatusCode.Forbidden, "access-withdrawn");
        Assert.Single(await api.Database.QueryAsync(
            "select 1 from shared.revocations where kind = 'session' and value = $1 and revoked_at >= now()", session.ToString()!));
        Assert.Contains(person.Subject, await ListAsync(admin), StringComparison.Ordinal);
        Assert.Equal(2, (await api.Database.QueryAsync("select 1 from audit.events where kind = 'revocation' and person in (audit.person($1), audit.person($2))", administrator.Subject, person.Subject)).Count);

        var row = Assert.Single(await api.Database.QueryAsync(
            "select reason, tenant, role from audit.events where kind = 'session_ended' and person = audit.person($1)", person.Subject));
        Assert.Equal(("access-withdrawn", "northside", "staff"), (row["reason"], row["tenant"], row["role"]));

        await LiftAsync(admin, $"person/{person.Subject}");
        using var back = await again.GetAsync("/bff/user");
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
    }

    [Fact]
    public async Task SessionIsEndedForGood()
    {
        var person = new TestPerson { Roles = ["staff"] };
        using var admin = await api.SignInAsync(new TestPerson());
        using var colleague = await SignInAndSeeAsync(person);
        var session = Assert.Single(await api.Database.QueryAsync("select id from api.sessions where subject = $1", person.Subject))["id"]!;
        await RevokeAsync(admin, "session", session.ToString()!);
        using var ended = await colleague.MintAsync("appointments");
        await ended.AssertProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
        using var again = await api.SignInAsync(person);
        using var mint = await again.MintAsync("appointments");
        Assert.Equal(HttpStatusCode.OK, mint.StatusCode);
    }

    [Fact]
    public async Task AdministratorReachesNobodyOfAnotherTenantAndNothingElse()
    {
        var (administrator, person) = (new TestPerson(), new TestPerson { Organizations = ["harbour"] });
        using var admin = await api.SignInAsync(administrator);
        using var stranger = await SignInAndSeeAsync(person);
        var session = Assert.Single(await api.Database.QueryAsync("select id from api.sessions where subject = $1", person.Subject))["id"]!;
        foreach (var (kind, value, reason) in new[]
        {
            ("person", person.Subject, "other-tenant"), ("person", "nobody-at-all", "other-tenant"), ("session", session.ToString()!, "other-tenant"),
            ("tenant", "northside", "not-entitled"), ("dashboard", "clinic", "not-entitled"), ("all", "*", "not-entitled"),
        })
        {
            using var answer = await admin.PostAsync(Path, new { kind, value });
            await answer.AssertProblemAsync(HttpStatusCode.NotFound, "not-found");
            Assert.NotEmpty(await api.Database.QueryAsync("select 1 from audit.events where kind = 'access' and reason = $2 and person = audit.person($1)", administrator.Subject, reason));
        }

        using var still = await stranger.GetAsync("/bff/user");
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
        Assert.DoesNotContain(person.Subject, await ListAsync(admin), StringComparison.Ordinal);
    }

    // What Superset makes of an issuer's token: see IssuersGuests in SupersetContainer/embedstack/security/embedding.
    [Fact]
    public async Task PersonOfAnotherIssuerIsEndedByLeadershipAlone()
    {
        var session = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"https://issuer.example/\n{Guid.NewGuid()}")));
        using var admin = await api.SignInAsync(new TestPerson());
        using var refused = await admin.PostAsync(Path, new { kind = "session", value = session });
        await refused.AssertProblemAsync(HttpStatusCode.NotFound, "not-found");
        var leadership = new TestPerson { Organizations = ["lakeland"], Roles = ["network"] };
        using var leader = await api.SignInAsync(leadership);
        await RevokeAsync(leader, "session", session);
        Assert.Single(await api.Database.QueryAsync(
            "select 1 from shared.revocations where kind = 'session' and value = $1 and revoked_at <= now() and expires_at > now() + interval '24 hours'", session));
        Assert.Contains(session, await ListAsync(leader), StringComparison.Ordinal);
        Assert.Single(await api.Database.QueryAsync(
            "select 1 from audit.events where kind = 'revocation' and reason = 'revoked session of an issuer' and person = audit.person($1)", leadership.Subject));
    }

    [Theory]
    [InlineData("clinician")]
    [InlineData("staff")]
    public async Task OthersFindNothingHere(string role)
    {
        using var browser = await api.SignInAsync(new TestPerson { Roles = [role], StaffId = "s-1" });
        using var list = await browser.GetAsync(Path);
        await list.AssertProblemAsync(HttpStatusCode.NotFound, "not-found");
        using var post = await browser.PostAsync(Path, new { kind = "all", value = "*" });
        await post.AssertProblemAsync(HttpStatusCode.NotFound, "not-found");
        using var tenants = await browser.GetAsync("/api/admin/tenants");
        await tenants.AssertProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task DashboardIsAsIfItWereNotThere()
    {
        using var leader = await SignInLeaderAsync();
        using var browser = await api.SignInAsync(new TestPerson { Organizations = ["manly"] });
        await RevokeAsync(leader, "dashboard", "appointments");
        try
        {
            using var mint = await browser.MintAsync("appointments");
            await mint.AssertProblemAsync(HttpStatusCode.NotFound, "unknown-dashboard");
            using var list = await browser.GetAsync("/api/dashboards");
            Assert.DoesNotContain("appointments", await list.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        finally
        {
            await LiftAsync(leader, "dashboard/appointments");
        }

        using var after = await browser.MintAsync("appointments");
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    [Fact]
    public async Task GlobalSwitchStopsEveryMintAndLeavesTheRestAlone()
    {
        using var leader = await SignInLeaderAsync();
        using var browser = await api.SignInAsync(new TestPerson { Organizations = ["manly"] });
        await RevokeAsync(leader, "all", "*");
        try
        {
            using var mint = await browser.MintAsync("clinic");
            await mint.AssertProblemAsync(HttpStatusCode.ServiceUnavailable, "embedding-suspended");
            Assert.Equal("60", mint.Headers.GetValues("Retry-After").Single());
            using var user = await browser.GetAsync("/bff/user");
            Assert.Equal(HttpStatusCode.OK, user.StatusCode);
        }
        finally
        {
            await LiftAsync(leader, "all/*");
        }

        using var after = await browser.MintAsync("clinic");
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    [Fact]
    public async Task DisabledTenantIsRefusedAtTheNextRequest()
    {
        using var leader = await SignInLeaderAsync();
        using var browser = await api.SignInAsync(new TestPerson { Organizations = ["hurstville"] });
        using var before = await browser.MintAsync("clinic");
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        using var disable = await leader.PostAsync("/api/admin/tenants/hurstville/disable");
        Assert.Equal(HttpStatusCode.NoContent, disable.StatusCode);
        try
        {
            using var mint = await browser.MintAsync("clinic");
            await mint.AssertProblemAsync(HttpStatusCode.Forbidden, "no-tenant");
        }
        finally
        {
            using var enable = await leader.PostAsync("/api/admin/tenants/hurstville/enable");
            Assert.Equal(HttpStatusCode.NoContent, enable.StatusCode);
        }

        await Eventually.TrueAsync("the tenant mints again", async () =>
        {
            using var after = await browser.MintAsync("clinic");
            return after.StatusCode == HttpStatusCode.OK;
        });
    }

    [Fact]
    public async Task NobodyLocksOutOneself()
    {
        var leadership = new TestPerson { Organizations = ["lakeland"], Roles = ["network"] };
        using var leader = await api.SignInAsync(leadership);
        using var person = await leader.PostAsync(Path, new { kind = "person", value = leadership.Subject });
        await person.AssertProblemAsync(HttpStatusCode.Conflict, "would-lock-out");
        using var tenant = await leader.PostAsync(Path, new { kind = "tenant", value = "lakeland" });
        await tenant.AssertProblemAsync(HttpStatusCode.Conflict, "would-lock-out");
        using var disable = await leader.PostAsync("/api/admin/tenants/lakeland/disable");
        await disable.AssertProblemAsync(HttpStatusCode.Conflict, "would-lock-out");
    }

    [Theory]
    [InlineData("everything", "*")]
    [InlineData("tenant", "a b")]
    [InlineData("tenant", null)]
    [InlineData("session", "7")]
    [InlineData("session", "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")]
    [InlineData("session", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85")]
    [InlineData("all", "clinic")]
    [InlineData("person", "")]
    public async Task MalformedRevocationIsRefused(string kind, string? value)
    {
        using var leader = await SignInLeaderAsync();
        using var answer = await leader.PostAsync(Path, new { kind, value });
        await answer.AssertProblemAsync(HttpStatusCode.BadRequest, "invalid-revocation");
    }

    private Task<Browser> SignInLeaderAsync() => api.SignInAsync(new TestPerson { Organizations = ["lakeland"], Roles = ["network"] });

    private async Task<Browser> SignInAndSeeAsync(TestPerson person)
    {
        var browser = await api.SignInAsync(person);
        using var seen = await browser.GetAsync("/bff/user");
        Assert.Equal(HttpStatusCode.OK, seen.StatusCode);
        return browser;
    }

    private static async Task RevokeAsync(Browser browser, string kind, string value)
    {
        using var answer = await browser.PostAsync(Path, new { kind, value });
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    private static async Task LiftAsync(Browser browser, string what)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"{Path}/{what}");
        request.Headers.Add("X-CSRF", "1");
        using var answer = await browser.SendAsync(request);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    private static async Task<string> ListAsync(Browser browser)
    {
        using var answer = await browser.GetAsync(Path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
