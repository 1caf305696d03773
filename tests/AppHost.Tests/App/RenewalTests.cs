using EmbedStack.AppHost.Tests.Browser;
using EmbedStack.AppHost.Tests.Embedding;
using EmbedStack.AppHost.Tests.SignIn;
using EmbedStack.AppHost.Tests.Stack;
using Microsoft.Playwright;

namespace EmbedStack.AppHost.Tests.App;

/// <summary>Tokens end and machines sleep; dashboards go on.</summary>
public sealed class RenewalTests(StackFixture stack, BrowserFixture browser)
{
    private const string Page = "dashboards/clinic";
    private const string Figure = "Appointments";

    // The shortest that the Api makes. Pages are told of four fifths of it.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(30);

    private static readonly Dictionary<string, string> Short = new() { ["GuestTokens__Lifetime"] = $"{Lifetime}", ["GuestTokens__Reuse"] = "false" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DashboardsOutliveTheirTokensAwakeAndAsleep()
    {
        await using var api = await SecondApi.StartAsync(stack, Cancellation, Short);
        using var session = await ProductSession.OpenAsync(stack, Person.PenrithAdministrator, Cancellation);
        using var minting = session.On(api.Address);

        await using var awake = await ProductPage.OpenAsync(stack, browser);
        await using var asleep = await ProductPage.OpenAsync(stack, browser);
        await asleep.Page.Clock.InstallAsync();
        var ofAwake = await Mints.CountAsync(awake.Page, minting);
        var ofAsleep = await Mints.CountAsync(asleep.Page, minting);
        await awake.SignInAsync(Person.PenrithAdministrator, Page);
        await asleep.SignInAsync(Person.PenrithAdministrator, Page);
        await awake.AllChartsAsync(12);
        await asleep.AllChartsAsync(12);
        await awake.MarkFrameAsync();
        await asleep.MarkFrameAsync();

        // As a lid that is closed: no timer of any frame runs, and all that were due run once at the end.
        var (whileAwake, whileAsleep) = (ofAwake.Count, ofAsleep.Count);
        await asleep.Page.Clock.PauseAtAsync(DateTime.UtcNow.AddSeconds(2));
        await asleep.Page.Context.SetOfflineAsync(true);
        await Task.Delay(Lifetime, Cancellation);
        Assert.Equal(whileAsleep, ofAsleep.Count);
        await asleep.Page.Context.SetOfflineAsync(false);
        await asleep.Page.Clock.FastForwardAsync((long)Lifetime.TotalMilliseconds);
        await asleep.Page.Clock.ResumeAsync();

        await ofAwake.UntilAsync(whileAwake + 1, Renewal);
        await ofAsleep.UntilAsync(whileAsleep + 1, Renewal);
        await AssertGoesOnAsync(awake);
        await AssertGoesOnAsync(asleep);
    }

    // What is asked from now on is asked with a new token: all from before are over.
    private static async Task AssertGoesOnAsync(ProductPage product)
    {
        var before = await product.BigNumberAsync(Figure);
        await new EmbeddedDashboard(product.Embed).ChooseAsync(0);
        Assert.NotEqual(before, await product.BigNumberAsync(Figure, figure => figure != before));
        await product.AssertSameFrameAsync();
        await Assertions.Expect(product.Page.GetByText("The connection was lost")).ToHaveCountAsync(0);
    }
}
