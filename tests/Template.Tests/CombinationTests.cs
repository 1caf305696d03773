namespace EmbedStack.Template.Tests;

/// <summary>A project from the package is built whole, starts, embeds and leaks nothing: its own suite <c>smoke</c> says so.</summary>
[Trait("Category", "Generated")]
public sealed class CombinationTests(TemplatePackage package)
{
    private static readonly TimeSpan GitTimeout = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(18);

    [Theory]
    [InlineData("--sample", "clinics")]
    [InlineData("--sample", "blank")]
    public Task ProjectBuildsStartsEmbedsAndLeaksNothing(params string[] options) => RunSmokeAsync(options);

    [Theory]
    [Trait("Category", "All")]
    [InlineData("--sample", "clinics", "--edge", "false")]
    [InlineData("--sample", "blank", "--edge", "false")]
    [InlineData("--sample", "clinics", "--isolation", "schema")]
    [InlineData("--sample", "clinics", "--isolation", "database")]
    public Task EveryCombinationDoes(params string[] options) => RunSmokeAsync(options);

    private async Task RunSmokeAsync(string[] options)
    {
        using var project = await package.GenerateAsync("Acme", options);
        await project.TakeSetUpAsync("acme");
        await project.RunAsync("git", GitTimeout, "init", "--quiet");
        await project.RunAsync("git", GitTimeout, "add", "--all");

        var run = await project.RunAsync(project.PathOf("acme"), Timeout, "test", "smoke");

        Assert.True(run.ExitCode == 0, $"./acme test smoke ended with {run.ExitCode}: {Tail(run.Error)}{Tail(run.Output)}");
        Assert.Contains("outcome=\"Passed\"", project.Read("artifacts/test-results/Smoke.trx"), StringComparison.Ordinal);
        var status = await project.RunAsync("git", GitTimeout, "status", "--porcelain");
        Assert.DoesNotContain("??", status.Output, StringComparison.Ordinal);
    }

    private static string Tail(string text) => text.Length > 6000 ? text[^6000..] : text;
}
