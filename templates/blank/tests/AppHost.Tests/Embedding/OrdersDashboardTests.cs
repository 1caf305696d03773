using EmbedStack.AppHost.Tests.Browser;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Embedding;

/// <summary>The dashboard in the app, in a browser, beside what the database says.</summary>
[Trait("Category", "Smoke")]
public sealed class OrdersDashboardTests(StackFixture stack, BrowserFixture browser)
{
    private const int Charts = 4;
    private const string Dashboard = "dashboards/orders";

    [Theory]
    [MemberData(nameof(Person.Tenants), MemberType = typeof(Person))]
    public async Task AdministratorSeesTheFiguresOfOwnTenant(string tenant)
    {
        await using var product = await ProductPage.SignInAsync(stack, browser, Person.AdministratorOf(tenant), Dashboard);

        await product.AllChartsAsync(Charts);

        Assert.Equal(await CustomerDatabase.OrdersAsync(stack, tenant), await product.BigNumberAsync("Orders"));
        Assert.Equal(decimal.Round(await CustomerDatabase.RevenueAsync(stack, tenant)), await product.BigNumberAsync("Revenue"));
    }

    [Fact]
    public async Task TenantsSeeDifferentFigures()
    {
        await using var northside = await ProductPage.SignInAsync(stack, browser, Person.NorthsideAdministrator, Dashboard);
        await using var harbour = await ProductPage.SignInAsync(stack, browser, Person.HarbourAdministrator, Dashboard);

        Assert.NotEqual(await northside.BigNumberAsync("Orders"), await harbour.BigNumberAsync("Orders"));
    }
}
