using System.Net;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Edge.Exchange;

/// <summary>A page that asks the embed origin alone hears of Keycloak's change of mind as soon as any other.</summary>
public sealed class SessionCheckTests(ExchangeFixture api) : IClassFixture<ExchangeFixture>
{
    [Fact]
    public async Task PersonDisabledAtKeycloakAloneReadsNothingAfterTenSeconds()
    {
        var person = new TestPerson();
        var token = await ReadableTokenAsync(person);
        person.Active = false;
        api.Clock.Advance(TimeSpan.FromSeconds(10));
        var before = api.Superset.LastSeen;
        using var answer = await api.ReadAsync(token);
        await answer.AssertProblemAsync(HttpStatusCode.Unauthorized, "no-guest-token");
        Assert.Same(before, api.Superset.LastSeen);
        Assert.Empty(await api.Database.QueryAsync("select 1 from api.sessions where subject = $1", person.Subject));
    }

    [Fact]
    public async Task PersonInAnotherClinicByNowReadsNothingOfTheFormerOnes()
    {
        var person = new TestPerson();
        var token = await ReadableTokenAsync(person);
        person.Organizations = ["harbour"];
        api.Clock.Advance(TimeSpan.FromSeconds(10));
        using var answer = await api.ReadAsync(token);
        await answer.AssertProblemAsync(HttpStatusCode.Unauthorized, "no-guest-token");
    }

    [Fact]
    public async Task PageInUseIsAskedAboutAheadAndNotForEachChart()
    {
        var token = await ReadableTokenAsync(new TestPerson());
        var (before, started) = (api.Keycloak.Introspections, api.Clock.GetUtcNow());
        for (var second = 0; second < 60; second++)
        {
            api.Clock.Advance(TimeSpan.FromSeconds(1));
            var asked = api.Keycloak.Introspections;
            var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => api.ReadAsync(token)));
            Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
            Array.ForEach(answers, answer => answer.Dispose());
            Assert.InRange(api.Keycloak.Introspections - asked, 0, 1);
        }

        Assert.InRange(api.Keycloak.Introspections - before, 5, (int)((api.Clock.GetUtcNow() - started) / TimeSpan.FromSeconds(6)) + 1);
    }

    [Fact]
    public async Task LastVerdictHoldsForAMinuteWhileKeycloakIsAway()
    {
        var token = await ReadableTokenAsync(new TestPerson());
        api.Keycloak.Away = true;
        try
        {
            api.Clock.Advance(TimeSpan.FromSeconds(50));
            using var held = await api.ReadAsync(token);
            Assert.Equal(HttpStatusCode.OK, held.StatusCode);
            api.Clock.Advance(TimeSpan.FromSeconds(10));
            using var answer = await api.ReadAsync(token);
            await answer.AssertProblemAsync(HttpStatusCode.ServiceUnavailable, "identity-unavailable");
        }
        finally
        {
            api.Keycloak.Away = false;
        }

        api.Clock.Advance(TimeSpan.FromSeconds(5)); // until when nobody asks again
        using var back = await api.ReadAsync(token);
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
    }

    private async Task<string> ReadableTokenAsync(TestPerson person)
    {
        var token = await api.TokenAsync(person);
        using var answer = await api.ReadAsync(token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return token;
    }
}
