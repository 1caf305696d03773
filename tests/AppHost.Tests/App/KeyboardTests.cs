using EmbedStack.AppHost.Tests.Browser;
using EmbedStack.AppHost.Tests.Stack;
using Microsoft.Playwright;

namespace EmbedStack.AppHost.Tests.App;

/// <summary>Each role's own pages, walked by keyboard: everything is reached, in order, and seen where it is reached.</summary>
public sealed class KeyboardTests(StackFixture stack, BrowserFixture browser)
{
    private const int MostStops = 50;

    public static TheoryData<string, string> Homes => new()
    {
        { "admin", "clinic appointments revenue staff-utilisation outcomes operations-hub" },
        { "clinician", "clinician appointments staff-utilisation outcomes" },
        { "staff", "appointments operations-hub" },
        { "network", "network" },
    };

    [Theory]
    [MemberData(nameof(Homes))]
    public async Task HomeShowsEachRoleItsDashboardsAndAllIsReachedByKeyboard(string role, string dashboards)
    {
        var person = role switch { "admin" => Person.HarbourAdministrator, "clinician" => Person.HarbourClinician, "staff" => Person.HarbourStaff, _ => Person.Leadership };
        await using var product = await ProductPage.ResumeAsync(stack, browser, person);
        var cards = product.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link);
        await cards.First.WaitForAsync();
        var shown = await cards.EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))");
        Assert.Equal(dashboards.Split(' ').Select(key => $"/dashboards/{key}").Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));

        var stops = await WalkAsync(product.Page);
        Assert.Equal("#content", stops[0]); // past the navigation, for those who want to
        Assert.Empty(shown.Except(stops));
        Assert.Equal(role is "admin" or "network", stops.Contains("/audit"));
        Assert.Equal(role == "network", stops.Contains("/administration/entitlements"));
        Assert.Contains("button:menu", stops);
    }

    [Fact]
    public async Task AuditIsFilteredByKeyboardAndTakenAsItIsFiltered()
    {
        await using var product = await ProductPage.ResumeAsync(stack, browser, Person.HarbourAdministrator, "audit");
        var page = product.Page;
        await page.GetByRole(AriaRole.Cell).First.WaitForAsync();
        await WalkAsync(page);

        var outcome = page.GetByLabel("Outcome");
        await outcome.FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.WaitForURLAsync(url => url.Contains("outcome=allowed", StringComparison.Ordinal));
        await Assertions.Expect(outcome).ToBeFocusedAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Cell, new() { Name = "Refused", Exact = true })).ToHaveCountAsync(0);

        var file = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Export as CSV" }).PressAsync("Enter"));
        var lines = await File.ReadAllLinesAsync((await file.PathAsync())!, TestContext.Current.CancellationToken);
        Assert.True(lines.Length > 1, "The file has no row.");
        Assert.Contains("outcome", lines[0], StringComparison.Ordinal);
        Assert.All(lines.Skip(1), line => Assert.Contains(",allowed,", line, StringComparison.Ordinal));
        Assert.All(lines.Skip(1), line => Assert.Contains(Person.HarbourAdministrator.Tenant, line, StringComparison.Ordinal));

        await page.GetByRole(AriaRole.Button, new() { Name = "Signed in as" }).PressAsync("Enter");
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" }).WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Signed in as" })).ToBeFocusedAsync();
    }

    // From the top to the end, or as far as a table's first rows, by Tab alone; what has the focus is in sight and marked.
    private static async Task<List<string>> WalkAsync(IPage page)
    {
        var stops = new List<string>();
        await page.EvaluateAsync("() => { document.activeElement.blur(); window.getSelection().removeAllRanges(); }");
        for (var count = 0; count < MostStops; count++)
        {
            await page.Keyboard.PressAsync("Tab");
            var stop = await page.EvaluateAsync<Stop>(
                """
                () => {
                  const at = document.activeElement;
                  const { outlineStyle, outlineWidth } = getComputedStyle(at);
                  const box = at.getBoundingClientRect();
                  return {
                    name: at === document.body ? '' : at.getAttribute('href') ?? `${at.localName}:${at.getAttribute('aria-haspopup') ?? at.textContent.trim() ?? ''}`,
                    marked: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1,
                    seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
                  };
                }
                """);
            if (stop.Name.Length == 0 || stops.FirstOrDefault() == stop.Name)
            {
                return stops;
            }

            Assert.True(stop.Marked, $"{stop.Name} has the focus and does not show it.");
            Assert.True(stop.Seen, $"{stop.Name} has the focus and is out of sight.");
            stops.Add(stop.Name);
        }

        return stops;
    }

    private sealed class Stop
    {
        public string Name { get; set; } = "";

        public bool Marked { get; set; }

        public bool Seen { get; set; }
    }
}
