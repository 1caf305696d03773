using System.Text.RegularExpressions;

namespace EmbedStack.Template.Tests;

/// <summary>What a team that begins from the blank sample reads and does.</summary>
public sealed class BlankTests(TemplatePackage package)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(30);

    // The doctor has patients in every sample.
    private static readonly string[] OfTheDoctor = ["Doctor/", "AppHost/Doctors/", "tests/Doctor.Tests/"];

    [Fact]
    public async Task NobodyOfTheClinicsIsLeft()
    {
        var project = await package.AcmeAsync("blank");
        var named = new Regex(@"\bpatient", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

        Assert.DoesNotContain(
            project.Texts.Where(file => !OfTheDoctor.Any(part => file.StartsWith(part, StringComparison.Ordinal))),
            file => named.IsMatch(project.Read(file)));
    }

    /// <summary>From <c>dotnet new</c> to a dashboard on a table of one's own: each block of the document in its order, on a Postgres of its own.</summary>
    [Fact]
    [Trait("Category", "Generated")]
    [Trait("Category", "All")]
    public async Task DocumentOfTheFirstDashboardIsFollowedWordByWord()
    {
        using var project = await package.GenerateAsync("Acme", "--sample", "blank");
        await project.TakeSetUpAsync();

        var run = await project.RunAsync(project.PathOf("tests/first-dashboard"), Timeout);

        Assert.True(run.ExitCode == 0, $"tests/first-dashboard ended with {run.ExitCode}: {run.Error}{run.Output}");
        Assert.Contains("Every block of docs/your-first-dashboard.md ran", run.Output, StringComparison.Ordinal);
    }
}
