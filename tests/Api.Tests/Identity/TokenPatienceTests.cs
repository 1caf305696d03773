using System.Net;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Identity;

/// <summary>A token endpoint that is slow has spent the refresh token all the same: what it answers must not get lost.</summary>
public sealed class TokenPatienceTests(ApiFixture api) : IClassFixture<ApiFixture>, IDisposable
{
    // Longer than any other answer of Keycloak's is waited for.
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(3);
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SlowTokenEndpointEndsNoSession()
    {
        using var browser = await SignedInAsync(secondsBefore: 301);
        var before = HoldEndpoint(() => Task.Delay(Slow, Cancellation));

        using var answer = await browser.GetAsync("/bff/user");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        api.Clock.Advance(TimeSpan.FromSeconds(301));
        using var next = await browser.GetAsync("/bff/user");
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
        Assert.Equal(before + 2, api.Keycloak.Refreshes);
    }

    [Fact]
    public async Task TokenInHandDoesWhileItHolds()
    {
        using var browser = await SignedInAsync(secondsBefore: 285);
        var before = HoldEndpoint(() => _held.Task);

        using var answer = await browser.GetAsync("/bff/user");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(before + 1, api.Keycloak.Refreshes);

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
        await Eventually.TrueAsync("the refresh token is spent", () => Task.FromResult(api.Keycloak.Refreshes == before + 1));

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
        var before = HoldEndpoint(() => Task.Delay(TimeSpan.FromSeconds(6), Cancellation));

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

    private async Task<Browser> SignedInAsync(int secondsBefore)
    {
        var browser = await api.SignInAsync(new TestPerson());
        using var answer = await browser.GetAsync("/bff/user");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        api.Clock.Advance(TimeSpan.FromSeconds(secondsBefore));
        return browser;
    }
}

/// <summary>A token endpoint that has as long as a first sign-in takes on a busy machine, and less than it has by default.</summary>
public sealed class ShortPatienceFixture(TestDatabases postgres) : ApiFixture(postgres)
{
    protected override IEnumerable<KeyValuePair<string, string>> OwnSettings => [new("Keycloak:TokenPatience", "00:00:04")];
}

public sealed class TokenPatienceSettingTests(ShortPatienceFixture api) : IClassFixture<ShortPatienceFixture>
{
    [Fact]
    public async Task PatienceIsASetting()
    {
        using var browser = await api.SignInAsync(new TestPerson());
        var held = new TaskCompletionSource();
        api.Keycloak.BeforeTokens = () => held.Task;
        api.Clock.Advance(TimeSpan.FromSeconds(301));
        try
        {
            using var answer = await browser.GetAsync("/bff/user");
            await answer.AssertProblemAsync(HttpStatusCode.ServiceUnavailable, "identity-unavailable");
        }
        finally
        {
            held.SetResult();
        }
    }
}
