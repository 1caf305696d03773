namespace EmbedStack.Template.Tests;

/// <summary>What is generated compiles. The suite <c>template</c> starts it, too.</summary>
public sealed class BuildTests(TemplatePackage package)
{
    private const string Name = "ContosoRetail";

    // One compiler for all projects, in a process group of the build's own, which ends with this; after the stacks beside, whose tests count seconds.
    private const string Build = """
        set -m
        nice -n 12 dotnet build "$@" --nologo --verbosity quiet -nodeReuse:false -p:UseSharedCompilation=true -p:SharedCompilationId=$$ &
        trap "kill -TERM -- -$! 2>/dev/null" EXIT
        wait $!
        """;

    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(15);

    // Of the two samples, the one that differs most from this repository, which is built in each run anyway; with a dashboard more.
    [Fact]
    public async Task BlankSampleCompiles()
    {
        using var project = await package.GenerateAsync(Name, "--sample", "blank");
        await AddedDashboard.AddAsync(package, project, Name, "sales", AddedDashboard.OnOrders);

        var build = await project.RunAsync("/bin/bash", Timeout, "-c", Build, "build", $"{Name}.sln", $"-p:EmbedStackAspire={Repository.Aspire}");

        Assert.True(build.ExitCode == 0, build.Output + build.Error);
    }
}
