using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace EmbedStack.Template.Tests;

/// <summary>
/// A project from the package is built whole, starts, embeds and leaks nothing: its own suite <c>smoke</c> says so. Names are of
/// several lengths, for lines are as long as they are.
/// </summary>
[Trait("Category", "Generated")]
public sealed partial class CombinationTests(TemplatePackage package)
{
    private static readonly TimeSpan ShortTimeout = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan StackTimeout = TimeSpan.FromMinutes(30);

    [Fact]
    public Task ClinicsAreAProduct() => RunSmokeAsync("Acme", "--sample", "clinics");

    [Fact]
    public Task BlankIsAProduct() => RunSmokeAsync("ContosoRetail", "--sample", "blank");

    [Fact]
    [Trait("Category", "All")]
    public Task ClinicsGiveSupersetsTokens() => RunSmokeAsync("Acme", "--sample", "clinics", "--edge", "false");

    [Fact]
    [Trait("Category", "All")]
    public Task BlankGivesSupersetsTokens() => RunSmokeAsync("Acme", "--sample", "blank", "--edge", "false");

    [Fact]
    [Trait("Category", "All")]
    public Task ClinicsAddTenantsWithASchema() => RunTenantAsync("schema");

    [Fact]
    [Trait("Category", "All")]
    public Task ClinicsAddTenantsWithADatabase() => RunTenantAsync("database");

    /// <summary>From <c>dotnet new</c> to a dashboard on a table of one's own: each block of the document in its order, on a Postgres of its own.</summary>
    [Fact]
    [Trait("Category", "All")]
    public async Task DocumentOfTheFirstDashboardIsFollowedWordByWord()
    {
        using var project = await package.GenerateAsync("Acme", "--sample", "blank");
        await project.TakeSetUpAsync();
        try
        {
            // Ended by a signal that it hears, it stops its own Postgres.
            var output = await SucceedAsync(project, StackTimeout, "timeout", "--signal=TERM", "28m", project.PathOf("tests/first-dashboard"));
            Assert.Contains("Every block of docs/your-first-dashboard.md ran", output, StringComparison.Ordinal);
            TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', output.Split('\n').Where(line => line.StartsWith("== block", StringComparison.Ordinal) || line.StartsWith("Every block", StringComparison.Ordinal))));
        }
        finally
        {
            await project.RunAsync(project.Script, ShortTimeout, "down", "--volumes");
        }
    }

    private async Task RunSmokeAsync(string name, params string[] options)
    {
        using var project = await package.GenerateAsync(name, options);
        await SetUpAsync(project);
        // What the item template adds is as much part of a product as what was there.
        await AddedDashboard.AddAsync(package, project, name, "sales", options is [_, "blank", ..] ? AddedDashboard.OnOrders : AddedDashboard.OnAppointments);

        await SucceedAsync(project, ShortTimeout, "git", "add", "--all");
        await SucceedAsync(project, ShortTimeout, project.Script, "format", "--check");

        await SucceedAsync(project, StackTimeout, project.Script, "test", "smoke");

        var passed = XDocument.Parse(project.Read("artifacts/test-results/Smoke.trx")).Descendants()
            .Where(result => (string?)result.Attribute("outcome") == "Passed").Select(result => (string?)result.Attribute("testName") ?? "").ToArray();
        Assert.Contains(passed, test => test.Contains("DashboardTests.AdministratorSeesTheFiguresOf", StringComparison.Ordinal));
        Assert.Contains(passed, test => test.Contains("TokenKindTests.", StringComparison.Ordinal));
        Assert.Contains(passed, test => test.Contains("DashboardSalesTests.EveryChartAnswersOwnRowsAlone", StringComparison.Ordinal));
        await AssertUnchangedAsync(project);
    }

    private async Task RunTenantAsync(string isolation)
    {
        using var project = await package.GenerateAsync("Acme", "--sample", "clinics", "--isolation", isolation);
        await SetUpAsync(project);
        await SucceedAsync(project, ShortTimeout, "git", "add", "--all");
        try
        {
            await SucceedAsync(project, StackTimeout, project.Script, "up", "--detach");
            var added = await SucceedAsync(project, ShortTimeout, project.Script, "tenant", "add", "Lakeside");
            Assert.Matches($@"\b{isolation}: database ", added);
            // Whoever asks for another is told what the record holds.
            var again = await project.RunAsync(project.Script, ShortTimeout, "tenant", "add", "Lakeside", "--isolation", "shared");
            Assert.True(again.ExitCode != 0 && again.Error.Contains($"isolation {isolation}", StringComparison.Ordinal), Tail(again.Error + again.Output));

            await SucceedAsync(project, ShortTimeout, project.Script, "down", "--volumes");
            Assert.False(Directory.Exists(project.PathOf(".acme/data")));
        }
        finally
        {
            await project.RunAsync(project.Script, ShortTimeout, "down", "--volumes");
        }

        await AssertUnchangedAsync(project);
    }

    private static async Task SetUpAsync(GeneratedProject project)
    {
        await project.TakeSetUpAsync();
        await SucceedAsync(project, ShortTimeout, "git", "init", "--quiet");
    }

    private static async Task AssertUnchangedAsync(GeneratedProject project)
    {
        await SucceedAsync(project, ShortTimeout, "git", "diff", "--exit-code");
        Assert.Empty(await SucceedAsync(project, ShortTimeout, "git", "ls-files", "--others", "--exclude-standard"));
    }

    private static async Task<string> SucceedAsync(GeneratedProject project, TimeSpan timeout, string program, params string[] arguments)
    {
        var run = await project.RunAsync(program, timeout, arguments);
        Assert.True(run.ExitCode == 0, $"{Path.GetFileName(program)} {string.Join(' ', arguments)} ended with {run.ExitCode}: {Tail(run.Error)}{Tail(run.Output)}{Tail(project.LatestLog())}");
        return Redacted(run.Output);
    }

    private static string Tail(string text) => Redacted(text.Length > 6000 ? text[^6000..] : text);

    // Demo people's passwords are shown by what starts a stack; reports are kept.
    private static string Redacted(string text) => Password().Replace(text, "password …");

    [GeneratedRegex(@"\bpassword \S+")]
    private static partial Regex Password();
}
