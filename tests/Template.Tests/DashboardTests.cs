namespace EmbedStack.Template.Tests;

/// <summary>A dashboard that <c>dotnet new embedstack-dashboard</c> added, once its catalogue entries are where they belong.</summary>
public sealed class DashboardTests(TemplatePackage package)
{
    private const string Lint = "import sys; sys.path.insert(0, sys.argv[1]); from acme.assets_lint.__main__ import main; sys.exit(main([]))";

    private static readonly TimeSpan LintTimeout = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("clinics")]
    [InlineData("blank")]
    public async Task AddedDashboardIsUnderTheRulesOfAllOthers(string sample)
    {
        using var project = await package.GenerateAsync("Acme", "--sample", sample);

        await AddedDashboard.AddAsync(package, project, "Acme", "sales-report", "--dataset", "sales");

        var lint = await project.RunAsync(Path.Combine(Repository.State, "venv/bin/python"), LintTimeout, "-c", Lint, project.PathOf("SupersetContainer"));
        Assert.True(lint.ExitCode == 0, lint.Output + lint.Error);
        Assert.Contains("no refusals", lint.Output, StringComparison.Ordinal);
        Assert.Contains(
            "namespace Acme.AppHost.Tests.Leak.DashboardSalesReport;",
            project.Read("tests/AppHost.Tests/Leak/DashboardSalesReport/DashboardSalesReportTests.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DashboardOfADatasetThatIsThereBringsNone()
    {
        using var project = await package.GenerateAsync("Acme", "--sample", "blank");

        await package.NewAsync(project.Folder, ["embedstack-dashboard", "--key", "sales", "--name", "Acme", "--no-update-check", .. AddedDashboard.OnOrders]);

        Assert.False(File.Exists(project.PathOf("SupersetContainer/assets/datasets/orders.yaml")));
        Assert.Contains($"dataset_uuid: {AddedDashboard.Orders}", project.Read("SupersetContainer/assets/charts/sales/rows_total.yaml"), StringComparison.Ordinal);
        Assert.DoesNotContain("rows_of_tenant", project.Read("SupersetContainer/assets/catalog-sales.yaml"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2024 Sales", "2024-sales", "Dashboard2024Sales")]
    [InlineData("guest", "guest", "DashboardGuest")]
    public async Task KeyBecomesOneThatTheCatalogueAndTheCompilerTake(string key, string expected, string className)
    {
        using var project = await package.GenerateAsync("Acme", "--sample", "blank");

        await AddedDashboard.AddAsync(package, project, "Acme", key, AddedDashboard.OnOrders);

        Assert.Contains($"key: {expected}\n", project.Read("SupersetContainer/assets/catalog.yaml"), StringComparison.Ordinal);
        Assert.Contains($"class {className}Tests(", project.Read($"tests/AppHost.Tests/Leak/{className}/{className}Tests.cs"), StringComparison.Ordinal);
        Assert.True(File.Exists(project.PathOf($"SupersetContainer/assets/dashboards/{expected}.yaml")));
    }
}
