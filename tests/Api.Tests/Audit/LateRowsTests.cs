using System.Net;
using EmbedStack.Api.Audit;
using EmbedStack.Api.Tests.Edge.Exchange;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Audit;

/// <summary>What somebody did before being erased, and is written afterwards, makes nobody known anew.</summary>
public sealed class LateRowsTests(ExchangeFixture api) : IClassFixture<ExchangeFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadThatWaitsForPostgresIsNobodysOnceItsReaderIsErased()
    {
        var person = new TestPerson();
        using var leader = await api.SignInAsync(new TestPerson { Organizations = ["lakeland"], Roles = ["network"] });
        var token = await api.TokenAsync(person);
        await using (await api.Database.LockAsync("audit.data_access"))
        {
            using var shown = await api.ReadAsync(token);
            Assert.Equal(HttpStatusCode.OK, shown.StatusCode);

            await EraseAsync(leader, person);
        }

        await Eventually.TrueAsync("the read arrives", async () => (await ReadsAsync()).Count > 0);
        var read = Assert.Single(await ReadsAsync());
        Assert.Equal((null, null, "northside", "admin", "allowed"), (read["person"], read["session"], read["tenant"], read["role"], read["outcome"]));
        Assert.False(await IsKnownAsync(person));
        Assert.Empty(await api.Database.QueryAsync("select 1 from api.edge_grants where subject = $1", person.Subject));
        using var refused = await api.ReadAsync(token);
        await refused.AssertProblemAsync(HttpStatusCode.Unauthorized, "no-guest-token");
        Assert.True((await leader.GetJsonAsync("/api/audit/verification")).GetProperty("intact").GetBoolean());
    }

    // A mint, say, that was under way on an instance that has not heard of it. Who signs in is there again.
    [Fact]
    public async Task OnlyWhoSignsInIsKnownAgainRightAfterAnErasure()
    {
        var person = new TestPerson();
        using var leader = await api.SignInAsync(new TestPerson { Organizations = ["lakeland"], Roles = ["network"] });
        using (await api.SignInAsync(person))
        {
            await EraseAsync(leader, person);
        }

        await api.Service<AuditLog>().WriteAsync(new AuditEvent(AuditKind.Mint, true) { Subject = person.Subject, Tenant = "northside", CorrelationId = person.Subject }, Cancellation);
        Assert.False(await IsKnownAsync(person));
        var late = Assert.Single(await api.Database.QueryAsync("select person, key_id, origin, tenant from audit.events where correlation_id = $1", person.Subject));
        Assert.Equal((null, null, null, "northside"), (late["person"], late["key_id"], late["origin"], late["tenant"]));

        using var back = await api.SignInAsync(person);
        Assert.True(await IsKnownAsync(person));
        Assert.Single(await api.Database.QueryAsync("select 1 from audit.events where kind = 'sign_in' and person = audit.person($1)", person.Subject));
    }

    [Fact]
    public async Task WhoIsErasedIsRememberedForAMonthAndNotBesideThePseudonym()
    {
        var person = new TestPerson();
        using var leader = await api.SignInAsync(new TestPerson { Organizations = ["lakeland"], Roles = ["network"] });
        using var browser = await api.SignInAsync(person);
        await EraseAsync(leader, person);

        Assert.Empty(await api.Database.QueryAsync("select 1 from audit.erased join audit.erasures using (at)"));
        await api.Database.ExecuteAsync("update audit.erased set at = at - interval '29 days'; select audit.maintain()");
        Assert.NotEmpty(await api.Database.QueryAsync("select 1 from audit.erased where lookup = audit.lookup('person', $1)", person.Subject));
        await api.Database.ExecuteAsync("update audit.erased set at = at - interval '2 days'; select audit.maintain()");
        Assert.Empty(await api.Database.QueryAsync("select 1 from audit.erased"));
    }

    private Task<List<Dictionary<string, object?>>> ReadsAsync() => api.Database.QueryAsync("select person, session, tenant, role, outcome from audit.data_access");

    private async Task<bool> IsKnownAsync(TestPerson person) =>
        (bool)(await api.Database.QueryAsync("select audit.person($1) is not null as known", person.Subject))[0]["known"]!;

    private static async Task EraseAsync(Browser leader, TestPerson person)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"/api/audit/persons/{person.Subject}") { Headers = { { "X-CSRF", "1" } } };
        using var answer = await leader.SendAsync(request);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }
}
