using System.Net;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Identity;

/// <summary>A token endpoint that may be slower than by default, and statements that may not.</summary>
public sealed class PatienceFixture(TestDatabases postgres) : ApiFixture(postgres)
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);
    public static readonly TimeSpan Statement = TimeSpan.FromSeconds(2);

    protected override IEnumerable<KeyValuePair<string, string>> OwnSettings =>
    [
        new("Keycloak:TokenPatience", $"{Patience}"),
        new("ConnectionStrings:embedstack-db", $"{Database.ApiConnectionString};Command Timeout={Statement.TotalSeconds}"),
    ];
}

/// <summary>A token endpoint that is slow has spent the refresh token all the same: what it answers must not get lost.</summary>
public sealed class TokenPatienceTests(PatienceFixture api) : IClassFixture<PatienceFixture>, IDisposable
{
    // Longer than any other answer of Keycloak's is waited for, and than this one is by default.
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(30);

    // Callers who have a token that holds go on with it after so long.
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(2);
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SlowTokenEndpointEndsNoSession()
    {
        using var browser = await SignedInAsync(secondsBefore: 301);
        var before = HoldEndpoint(() => _held.Task);
        var asked = browser.GetAsync("/bff/user");
        await SpentAsync(before + 1);
        api.Clock.Hurry(Slow);
        _held.SetResult();

        using var answer = await asked;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        api.Clock.Advance(TimeSpan.FromSeconds(301));
        using var next = await browser.GetAsync("/bff/user");
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
        Assert.Equal(before + 2, api.Keycloak.Refreshes);
    }

    [Fact]
    public async Task TokenEndpointThatHangsIsGivenUpAfterTheConfiguredPatience()
    {
        using var browser = await SignedInAsync(secondsBefore: 301);
        var before = HoldEndpoint(() => _held.Task);
        var asked = browser.GetAsync("/bff/user");
        await SpentAsync(before + 1);
        api.Clock.Hurry(PatienceFixture.Patience);

        using var answer = await asked;
        await answer.AssertProblemAsync(HttpStatusCode.ServiceUnavailable, "identity-unavailable");
        api.Clock.Advance(TimeSpan.FromSeconds(6)); // until then nobody asks again, in other tests neither
    }

    [Fact]
    public async Task TokenInHandDoesWhileItHolds()
    {
        using var browser = await SignedInAsync(secondsBefore: 285);
        var before = HoldEndpoint(() => _held.Task);
        var asked = browser.GetAsync("/bff/user");
        await SpentAsync(before + 1);
        api.Clock.Hurry(Wait);

        using var answer = await asked;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        _held.SetResult();
        api.Clock.Advance(TimeSpan.FromSeconds(20));
        using var next = await browser.GetAsync("/bff/user");
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
        Assert.Equal(before + 1, api.Keycloak.Refreshes);
    }

    [Fact]
    public async Task CallerWhoHangsUpDoesNotStopTheRenewal()
    {
        using var browser = await SignedInAsync(secondsBefore: 301);
        var before = HoldEndpoint(() => _held.Task);
        using var hangingUp = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var request = browser.GetUnlessHungUpAsync("/bff/user", hangingUp.Token);
        await SpentAsync(before + 1);

        await hangingUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        _held.SetResult();

        using var next = await browser.GetAsync("/bff/user");
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
        Assert.Equal(before + 1, api.Keycloak.Refreshes);
    }

    [Fact]
    public async Task OtherInstanceWaitsForTheRenewalAsWell()
    {
        using var first = await SignedInAsync(secondsBefore: 301);
        await using var instance = api.StartInstance();
        using var second = ApiFixture.NewBrowser(instance);
        second.Cookies["__Host-embedstack"] = first.Cookies["__Host-embedstack"];
        // Longer than a statement may usually take: the row is locked meanwhile.
        var before = HoldEndpoint(() => Task.Delay(PatienceFixture.Statement + TimeSpan.FromMilliseconds(500), Cancellation));

        var answers = await Task.WhenAll(first.GetAsync("/bff/user"), second.GetAsync("/bff/user"));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(before + 1, api.Keycloak.Refreshes);
    }

    public void Dispose()
    {
        api.Keycloak.BeforeTokens = null;
        _held.TrySetResult();
    }

    // How often the endpoint was asked before.
    private int HoldEndpoint(Func<Task> held)
    {
        api.Keycloak.BeforeTokens = held;
        return api.Keycloak.Refreshes;
    }

    private Task SpentAsync(int refreshes) =>
        Eventually.TrueAsync("the refresh token is spent", () => Task.FromResult(api.Keycloak.Refreshes == refreshes));

    private async Task<Browser> SignedInAsync(int secondsBefore)
    {
        var browser = await api.SignInAsync(new TestPerson());
        using var answer = await browser.GetAsync("/bff/user");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        api.Clock.Advance(TimeSpan.FromSeconds(secondsBefore));
        return browser;
    }
}
