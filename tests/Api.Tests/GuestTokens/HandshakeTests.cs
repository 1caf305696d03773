using System.Net;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.GuestTokens;

public sealed class HandshakeTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    // For one try, and for all of a question's tries.
    private static readonly TimeSpan Try = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Total = TimeSpan.FromSeconds(15);

    // Of the machine's own time: less than two callers' patience, one after the other.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(25);

    [Fact]
    public async Task LoginIsRememberedForFiveMinutesAndSharedByConcurrentMints()
    {
        using var browser = await api.SignInAsync(new TestPerson());
        api.Clock.Advance(TimeSpan.FromSeconds(300));
        var before = api.Superset.SignIns;
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => browser.MintAsync("clinic")));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(before + 1, api.Superset.SignIns);

        // What the mints themselves take passes as well.
        api.Clock.Advance(TimeSpan.FromSeconds(240));
        await MintAsync(browser);
        Assert.Equal(before + 1, api.Superset.SignIns);
        api.Clock.Advance(TimeSpan.FromSeconds(60));
        await MintAsync(browser);
        Assert.Equal(before + 2, api.Superset.SignIns);
    }

    [Fact]
    public async Task LoginThatIsNoLongerTakenIsRenewedOnce()
    {
        using var browser = await api.SignInAsync(new TestPerson());
        await MintAsync(browser);
        var before = api.Superset.SignIns;
        api.Superset.ForgetLogins();
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => browser.MintAsync("clinic")));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(before + 1, api.Superset.SignIns);
    }

    [Fact]
    public async Task RotatedServicePasswordNeedsNoRestart()
    {
        using var browser = await api.SignInAsync(new TestPerson());
        var earlier = api.Superset.Password;
        try
        {
            await File.WriteAllTextAsync(api.ServicePasswordFile, $"rotated-password\n{earlier}", TestContext.Current.CancellationToken);
            api.Superset.ForgetLogins();
            await MintAsync(browser);

            api.Superset.Password = "rotated-password";
            api.Superset.ForgetLogins();
            await MintAsync(browser);
        }
        finally
        {
            api.Superset.Password = earlier;
            await File.WriteAllTextAsync(api.ServicePasswordFile, earlier, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task SupersetThatIsAwayIsSaidSoAndAudited()
    {
        var person = new TestPerson();
        using var browser = await api.SignInAsync(person);
        await MintAsync(browser);
        api.Superset.Away = true;
        try
        {
            using var answer = await browser.MintAsync("clinic");
            await answer.AssertProblemAsync(HttpStatusCode.ServiceUnavailable, "superset-unavailable");
            Assert.Equal("5", answer.Headers.GetValues("Retry-After").Single());
        }
        finally
        {
            api.Superset.Away = false;
        }

        Assert.Single(await api.Database.QueryAsync(
            "select 1 from audit.events where kind = 'mint' and reason = 'superset-unavailable' and person = audit.person($1)", person.Subject));
        await MintAsync(browser);
    }

    [Fact]
    public async Task SupersetThatHangsIsGivenUpInBoundedTime()
    {
        using var browser = await api.SignInAsync(new TestPerson());
        await MintAsync(browser);
        api.Superset.Hanging = true;
        try
        {
            var held = api.Superset.Held;
            var mint = browser.MintAsync("clinic");
            await HeldAsync(held + 1);
            api.Clock.Hurry(Try);
            await HeldAsync(held + 2);
            Assert.False(mint.IsCompleted);
            api.Clock.Hurry(Total - Try);
            using var answer = await mint.WaitAsync(Bound, TestContext.Current.CancellationToken);
            await answer.AssertProblemAsync(HttpStatusCode.ServiceUnavailable, "superset-unavailable");
        }
        finally
        {
            api.Superset.Hanging = false;
        }
    }

    [Fact]
    public async Task CallersOfASupersetThatHangsDoNotQueueUp()
    {
        using var browser = await api.SignInAsync(new TestPerson());
        api.Clock.Advance(TimeSpan.FromSeconds(300));
        api.Superset.Hanging = true;
        try
        {
            var held = api.Superset.Held;
            var mints = Task.WhenAll(Enumerable.Range(0, 5).Select(_ => browser.MintAsync("clinic")));
            await HeldAsync(held + 1);
            api.Clock.Hurry(Total);
            var answers = await mints.WaitAsync(Bound, TestContext.Current.CancellationToken);
            Assert.All(answers, answer => Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode));
        }
        finally
        {
            api.Superset.Hanging = false;
        }

        await MintAsync(browser);
    }

    [Fact]
    public async Task WrongServicePasswordIsARefusalWithoutInternals()
    {
        using var browser = await api.SignInAsync(new TestPerson());
        var earlier = api.Superset.Password;
        api.Superset.Password = "changed behind our back";
        api.Superset.ForgetLogins();
        using var answer = await browser.MintAsync("clinic");
        api.Superset.Password = earlier;
        await answer.AssertProblemAsync(HttpStatusCode.BadGateway, "superset-refused");
        await MintAsync(browser);
    }

    private Task HeldAsync(int requests) =>
        Eventually.TrueAsync($"Superset lets {requests} requests hang", () => Task.FromResult(api.Superset.Held >= requests));

    private static async Task MintAsync(Browser browser)
    {
        using var answer = await browser.MintAsync("clinic");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
