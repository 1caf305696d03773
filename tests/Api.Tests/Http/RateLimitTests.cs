using System.Globalization;
using System.Net;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Http;

/// <summary>Three requests a person, five a tenant; a new one a second.</summary>
public sealed class RateLimitFixture(TestDatabases postgres) : ApiFixture(postgres)
{
    protected override IEnumerable<KeyValuePair<string, string>> OwnSettings =>
        [new("RateLimits:PersonBurst", "3"), new("RateLimits:PersonPerSecond", "1"), new("RateLimits:TenantBurst", "5"), new("RateLimits:TenantPerSecond", "1")];
}

public sealed class RateLimitTests(RateLimitFixture api) : IClassFixture<RateLimitFixture>
{
    [Fact]
    public async Task PersonWhoAsksTooOftenIsToldWhenToComeBackAndAudited()
    {
        var person = new TestPerson();
        using var browser = await api.SignInAsync(person);
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => browser.MintAsync("clinic")));
        var refused = answers.First(answer => answer.StatusCode != HttpStatusCode.OK);
        await refused.AssertProblemAsync(HttpStatusCode.TooManyRequests, "too-many-requests");
        Assert.InRange(int.Parse(refused.Headers.GetValues("Retry-After").Single(), CultureInfo.InvariantCulture), 1, 60);
        Assert.NotEmpty(await api.Database.QueryAsync("select 1 from audit.events where reason = 'too-many-requests' and person = audit.person($1)", person.Subject));
    }

    [Theory]
    [InlineData("/bff/user")]
    [InlineData("/api/dashboards")]
    public async Task WhatIsReadIsLimitedAsWell(string path)
    {
        using var browser = await api.SignInAsync(new TestPerson { Organizations = ["hurstville"] });
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => browser.GetAsync(path)));
        await answers.First(answer => answer.StatusCode != HttpStatusCode.OK).AssertProblemAsync(HttpStatusCode.TooManyRequests, "too-many-requests");
    }

    [Fact]
    public async Task TenantThatAsksTooOftenDoesNotStopAnother()
    {
        var browsers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => api.SignInAsync(new TestPerson { Organizations = ["harbour"] })));
        var answers = await Task.WhenAll(browsers.SelectMany(browser => Enumerable.Range(0, 3).Select(_ => browser.MintAsync("clinic"))));
        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
        using var other = await api.SignInAsync(new TestPerson { Organizations = ["manly"] });
        using var mint = await other.MintAsync("clinic");
        Assert.Equal(HttpStatusCode.OK, mint.StatusCode);
        Array.ForEach(browsers, browser => browser.Dispose());
    }
}
