using System.Text.RegularExpressions;

namespace EmbedStack.Template.Tests;

/// <summary>What <c>dotnet new embedstack-dashboard</c> adds to a project, once its catalogue entries are where they belong.</summary>
public sealed partial class DashboardTests(TemplatePackage package)
{
    private const string Lint = "import sys; sys.path.insert(0, sys.argv[1]); from acme.assets_lint.__main__ import main; sys.exit(main([]))";

    private static readonly TimeSpan LintTimeout = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("clinics")]
    [InlineData("blank")]
    public async Task AddedDashboardIsUnderTheRulesOfAllOthers(string sample)
    {
        using var project = await package.GenerateAsync("Acme", "--sample", sample);

        await package.NewAsync(project.Folder, "embedstack-dashboard", "--key", "sales-report", "--dataset", "sales", "--name", "Acme", "--no-update-check");
        MoveEntries(project, "sales-report");

        var lint = await project.RunAsync(Path.Combine(Repository.State, "venv/bin/python"), LintTimeout, "-c", Lint, project.PathOf("SupersetContainer"));
        Assert.True(lint.ExitCode == 0, lint.Output + lint.Error);
        Assert.Contains("no refusals", lint.Output, StringComparison.Ordinal);
        Assert.Contains("namespace Acme.AppHost.Tests.Leak.SalesReport;", project.Read("tests/AppHost.Tests/Leak/SalesReport/SalesReportTests.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DashboardOfADatasetThatIsThereBringsNone()
    {
        const string Dataset = "82473b6c-aed0-54a9-802e-6300a16c04b8";
        using var project = await package.GenerateAsync("Acme", "--sample", "blank");

        await package.NewAsync(project.Folder, "embedstack-dashboard", "--key", "sales", "--dataset", "orders", "--dataset-uuid", Dataset, "--name", "Acme", "--no-update-check");

        Assert.False(File.Exists(project.PathOf("SupersetContainer/assets/datasets/orders.yaml")));
        Assert.Contains($"dataset_uuid: {Dataset}", project.Read("SupersetContainer/assets/charts/sales/rows_total.yaml"), StringComparison.Ordinal);
        Assert.DoesNotContain("rows_of_tenant", project.Read("SupersetContainer/assets/catalog-sales.yaml"), StringComparison.Ordinal);
    }

    // The entries below each of the snippet's headings go below the same heading of the catalogue, as whoever reads it does.
    private static void MoveEntries(GeneratedProject project, string key)
    {
        var catalog = project.Read("SupersetContainer/assets/catalog.yaml");
        var parts = Heading().Split(project.Read($"SupersetContainer/assets/catalog-{key}.yaml"))[1..];
        foreach (var part in parts.Chunk(2))
        {
            catalog = catalog.Replace($"{part[0]}:\n", $"{part[0]}:\n{part[1]}", StringComparison.Ordinal);
        }

        File.WriteAllText(project.PathOf("SupersetContainer/assets/catalog.yaml"), catalog);
        File.Delete(project.PathOf($"SupersetContainer/assets/catalog-{key}.yaml"));
    }

    [GeneratedRegex("^(dashboards|row_terms|datasets):\n", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
