using EmbedStack.AppHost.Tests.Browser;
using EmbedStack.AppHost.Tests.Stack;
using Microsoft.Playwright;

namespace EmbedStack.AppHost.Tests.App;

/// <summary>Tabs of one browser share its cookies: who signs in by one is signed in by all.</summary>
public sealed class TwoTenantsTests(StackFixture stack, BrowserFixture browser)
{
    private const string Dashboard = "dashboards/clinic";
    private const string Figure = "Appointments";

    // As the browser tells when somebody looks at the tab again.
    private const string Look = "() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))";

    [Fact]
    public async Task NoTabShowsAClinicsFiguresUnderAnothersName()
    {
        await using var first = await ProductPage.SignInAsync(stack, browser, Person.HarbourAdministrator, Dashboard);
        await first.AllChartsAsync(12);
        var harbour = await first.BigNumberAsync(Figure);

        var second = await first.OpenTabAsync();
        await second.Page.GotoAsync(stack.App.ToString());
        await second.SignOutAsync();
        await second.SignInAsync(Person.NorthsideAdministrator, Dashboard);
        await second.AllChartsAsync(12);
        var northside = await second.BigNumberAsync(Figure);
        Assert.NotEqual(harbour, northside);

        // Not looked at yet: as it was.
        await Assertions.Expect(first.Page.GetByText(Person.HarbourAdministrator.Clinic)).ToBeVisibleAsync();
        Assert.Equal(harbour, await first.BigNumberAsync(Figure));

        // Nor does it get the other's by asking: not what it may open, not its rows.
        await first.Page.GetByRole(AriaRole.Button, new() { Name = "Views" }).ClickAsync();
        await Assertions.Expect(first.Page.GetByText(Person.NorthsideAdministrator.Clinic)).ToBeVisibleAsync();
        await Assertions.Expect(first.Page.GetByText(Person.HarbourAdministrator.Clinic)).ToHaveCountAsync(0);
        Assert.Equal(northside, await first.BigNumberAsync(Figure));
    }

    [Fact]
    public async Task PageThatIsLookedAtAgainFollowsWhoIsSignedIn()
    {
        await using var first = await ProductPage.ResumeAsync(stack, browser, Person.HarbourAdministrator);
        await first.TakeSessionAsync(Person.NorthsideAdministrator);
        await first.Page.EvaluateAsync(Look);
        await Assertions.Expect(first.Page.GetByText(Person.NorthsideAdministrator.Clinic)).ToBeVisibleAsync();
        await Assertions.Expect(first.Page.GetByText(Person.HarbourAdministrator.Clinic)).ToHaveCountAsync(0);
    }
}
