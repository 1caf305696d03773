using System.Net;
using System.Text.Json;
using EmbedStack.AppHost.Tests.Browser;
using EmbedStack.AppHost.Tests.Embedding;
using EmbedStack.AppHost.Tests.SignIn;
using EmbedStack.AppHost.Tests.Stack;
using Microsoft.Playwright;

namespace EmbedStack.AppHost.Tests.App;

/// <summary>What the leadership does on its pages, and what comes of it for those it is about.</summary>
public sealed class AdministrationTests(StackFixture stack, BrowserFixture browser)
{
    // Of a clinic that no other test uses.
    private static readonly Person Administrator = new("liverpool", "Liverpool Pain and Rehabilitation", "admin", "admin");

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ClinicIsDisabledAndRevokedAndComesBack()
    {
        using var session = await ProductSession.OpenAsync(stack, Administrator, Cancellation);
        await using var leader = await ProductPage.ResumeAsync(stack, browser, Person.Leadership, "administration/clinics");
        Assert.Equal(HttpStatusCode.OK, await MintAsync(session));

        await leader.Page.GetByRole(AriaRole.Button, new() { Name = $"Disable: {Administrator.Clinic}" }).ClickAsync();
        await ConfirmAsync(leader.Page, "Disable");
        var enable = leader.Page.GetByRole(AriaRole.Button, new() { Name = $"Enable: {Administrator.Clinic}" });
        await enable.WaitForAsync();
        await UntilAsync(session, status => status != HttpStatusCode.OK);
        await enable.ClickAsync();
        await leader.Page.GetByRole(AriaRole.Button, new() { Name = $"Disable: {Administrator.Clinic}" }).WaitForAsync();
        using var again = await ProductSession.OpenAsync(stack, Administrator, Cancellation);
        await UntilAsync(again, status => status == HttpStatusCode.OK);

        await leader.Page.GetByRole(AriaRole.Link, new() { Name = "Revocations" }).ClickAsync();
        await leader.Page.GetByLabel("What").SelectOptionAsync("Clinic");
        await leader.Page.GetByLabel("The clinic’s key").FillAsync(Administrator.Tenant);
        await leader.Page.GetByRole(AriaRole.Button, new() { Name = "Revoke", Exact = true }).ClickAsync();
        await ConfirmAsync(leader.Page, "Revoke");
        var lift = leader.Page.GetByRole(AriaRole.Button, new() { Name = $"Lift: Clinic {Administrator.Tenant}" });
        await lift.WaitForAsync();
        await UntilAsync(again, status => status != HttpStatusCode.OK);
        await lift.ClickAsync();
        await UntilAsync(again, status => status == HttpStatusCode.OK);
        await Assertions.Expect(lift).ToHaveCountAsync(0);
        await Assertions.Expect(leader.Page.GetByRole(AriaRole.Main)).ToBeFocusedAsync();
    }

    [Fact]
    public async Task DashboardIsOpenedToARoleAndTakenAwayAgain()
    {
        const string Box = "Front desk may open Staff utilisation";
        var (leadership, staff) = (await stack.Sessions.OfAsync(Person.Leadership), await stack.Sessions.OfAsync(Person.HarbourStaff));
        var before = JsonSerializer.Deserialize<JsonElement>((await leadership.SendAsync(HttpMethod.Get, "api/admin/entitlements", null, Cancellation)).Body);
        await using var leader = await ProductPage.ResumeAsync(stack, browser, Person.Leadership, "administration/entitlements");
        try
        {
            Assert.False(await MayOpenAsync(staff));
            await leader.Page.GetByLabel(Box).CheckAsync();
            await SaveAsync(leader.Page);
            Assert.True(await MayOpenAsync(staff));
            await leader.Page.GetByLabel(Box).UncheckAsync();
            await SaveAsync(leader.Page);
            Assert.False(await MayOpenAsync(staff));
        }
        finally
        {
            await leader.FetchAsync("/api/admin/entitlements", "PUT", before.GetRawText(), new() { ["X-CSRF"] = "1", ["If-Match"] = "*" });
        }
    }

    [Fact]
    public async Task DashboardIsSwitchedOffForThoseWhoHaveItOpenAsWell()
    {
        const string Title = "Operations hub";
        var staff = await stack.Sessions.OfAsync(Person.HarbourStaff);
        await using var open = await ProductPage.ResumeAsync(stack, browser, Person.HarbourStaff, "dashboards/operations-hub");
        await open.Embed.Locator("[data-test=\"chart-container\"]").First.WaitForAsync(new() { Timeout = 120_000 });
        await using var leader = await ProductPage.ResumeAsync(stack, browser, Person.Leadership, "administration/switches");
        var turnOn = leader.Page.GetByRole(AriaRole.Button, new() { Name = $"Switch on: {Title}" });
        await leader.Page.GetByRole(AriaRole.Button, new() { Name = $"Switch off: {Title}" }).ClickAsync();
        try
        {
            await ConfirmAsync(leader.Page, "Switch off");
            await turnOn.WaitForAsync();
            Assert.False(await MayOpenAsync(staff, "operations-hub"));
            await new EmbeddedDashboard(open.Embed).RefreshAsync();
            await open.Page.GetByRole(AriaRole.Heading, new() { Name = "This dashboard does not exist" }).WaitForAsync();
        }
        finally
        {
            await turnOn.ClickAsync();
            await leader.Page.GetByRole(AriaRole.Button, new() { Name = $"Switch off: {Title}" }).WaitForAsync();
        }

        Assert.True(await MayOpenAsync(staff, "operations-hub"));
    }

    private static async Task SaveAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();
        await page.GetByText("Saved. It holds from the next token on.").WaitForAsync();
    }

    private static async Task ConfirmAsync(IPage page, string action)
    {
        await page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = action }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alertdialog)).ToHaveCountAsync(0);
    }

    private static async Task<bool> MayOpenAsync(ProductSession session, string dashboard = "staff-utilisation") =>
        (await session.SendAsync(HttpMethod.Get, "api/dashboards", null, Cancellation)).Body.Contains($"\"{dashboard}\"", StringComparison.Ordinal);

    private static async Task<HttpStatusCode> MintAsync(ProductSession session) =>
        (await session.MintAsync(new { dashboard_key = "appointments" }, Cancellation)).Status;

    private static async Task UntilAsync(ProductSession session, Func<HttpStatusCode, bool> wanted)
    {
        for (var until = DateTime.UtcNow + Patience; ; await Task.Delay(200, Cancellation))
        {
            var status = await MintAsync(session);
            if (wanted(status))
            {
                return;
            }

            Assert.True(DateTime.UtcNow < until, $"A mint of {Administrator} still answers {(int)status} after {Patience}.");
        }
    }
}
