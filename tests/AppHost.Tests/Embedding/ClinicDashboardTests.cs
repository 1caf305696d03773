using EmbedStack.AppHost.Tests.Browser;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Embedding;

[Trait("Category", "Smoke")]
public sealed class ClinicDashboardTests(StackFixture stack, BrowserFixture browser)
{
    private const int Charts = 12;
    private const string Dashboard = "dashboards/clinic";

    [Theory]
    [MemberData(nameof(Person.Tenants), MemberType = typeof(Person))]
    public async Task AdministratorSeesTheFiguresOfOwnClinic(string tenant)
    {
        await using var product = await ProductPage.SignInAsync(stack, browser, Person.AdministratorOf(tenant), Dashboard);

        await product.AllChartsAsync(Charts);

        Assert.Equal(await ClinicDatabase.AppointmentsAsync(stack, tenant), await product.BigNumberAsync("Appointments"));
        Assert.Equal(await ClinicDatabase.NoShowRateAsync(stack, tenant), await product.BigNumberAsync("No-show rate"));
        Assert.Equal(await ClinicDatabase.ClinicianRowsAsync(stack, tenant), (await product.TableAsync("Clinicians", columns: 3)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task ClinicsSeeDifferentFigures()
    {
        await using var northside = await ProductPage.SignInAsync(stack, browser, Person.NorthsideAdministrator, Dashboard);
        await using var harbour = await ProductPage.SignInAsync(stack, browser, Person.HarbourAdministrator, Dashboard);

        Assert.NotEqual(await northside.BigNumberAsync("Appointments"), await harbour.BigNumberAsync("Appointments"));
    }
}
