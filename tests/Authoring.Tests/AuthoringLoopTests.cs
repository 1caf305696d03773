using System.Globalization;
using EmbedStack.Authoring.Assets;
using EmbedStack.Authoring.Loop;
using EmbedStack.ServiceDefaults.Jobs;

namespace EmbedStack.Authoring.Tests;

public sealed class AuthoringLoopTests : IDisposable
{
    private static readonly Guid Unlisted = Guid.Parse("00000000-0000-4000-8000-0000000000db");

    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("embedstack-assets-");
    private readonly StringWriter output = new(CultureInfo.InvariantCulture);
    private readonly StringWriter errors = new(CultureInfo.InvariantCulture);
    private readonly Superset superset = new();
    private readonly Lint lint = new();

    public AuthoringLoopTests()
    {
        new AssetFolder(root.FullName).Apply(Sample.Files().Select(file => new AssetChange(file.Key, null, file.Value)));
        File.WriteAllText(
            Path.Combine(root.FullName, "catalog.yaml"),
            $"dashboards:\n  - key: visits\n    uuid: {Sample.Dashboard}\ndatasets:\n  - key: visits\n    uuid: {Sample.Dataset}\n");
    }

    public void Dispose() => root.Delete(recursive: true);

    [Fact]
    public async Task PullWithoutAChangeWritesNothingAndNeedNotLint()
    {
        await Loop().PullAsync([Sample.Key]);

        Assert.Equal(Sample.Files(), Read());
        Assert.Null(lint.Root);
        Assert.Contains("the files say what Superset has", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SupersetIsToldWhatTheChartsFilesSay()
    {
        await Loop().PullAsync([Sample.Key]);

        Assert.Equal([Sample.ChartText(Sample.Chart, "By month"), Sample.ChartText(Sample.Other, "Staff")], superset.Before!.Order());
    }

    [Fact]
    public async Task PullWritesWhatTheLintPassed()
    {
        superset.Answer[Sample.Chart] = Sample.ChartText(Sample.Chart, "By quarter");

        await Loop().PullAsync([Sample.Key]);

        Assert.Equal(Sample.ChartText(Sample.Chart, "By quarter"), Read()[Sample.ChartFile]);
        Assert.Equal("  changed charts/visits/by_month.yaml\n  visits: 1 file written\n", output.ToString().ReplaceLineEndings("\n"));
        Assert.False(Directory.Exists(lint.Root), "the draft was left behind");
    }

    [Fact]
    public async Task WhatTheLintRefusesIsToldAndNothingIsWritten()
    {
        superset.Answer[Sample.Chart] = Sample.ChartText(Sample.Chart, "By quarter");
        lint.Findings = ["charts/visits/by_month.yaml: [recorded] it has no query_context; record it"];

        var refusal = await Assert.ThrowsAsync<JobException>(() => Loop().PullAsync([Sample.Key]));

        Assert.Equal(lint.Findings, errors.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("1 finding, nothing was written", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(Sample.Files(), Read());
        Assert.Equal("By quarter", lint.SeenTitle);
    }

    [Fact]
    public async Task DatasetThatWasChangedInSupersetIsNotTaken()
    {
        superset.Answer[Sample.Dataset] = Sample.DatasetText("Changed behind the repository's back.");

        await Assert.ThrowsAsync<JobException>(() => Loop().PullAsync([Sample.Key]));

        Assert.StartsWith("datasets/clinic/visit_facts.yaml: [dataset-file] ", errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(Sample.Files(), Read());
    }

    [Fact]
    public async Task DiffShowsTheLinesThatAPullWouldChange()
    {
        superset.Answer[Sample.Chart] = Sample.ChartText(Sample.Chart, "By quarter");

        var difference = await Assert.ThrowsAsync<JobException>(() => Loop().DiffAsync([Sample.Key]));

        var lines = output.ToString().Split('\n');
        Assert.Equal(["--- a/charts/visits/by_month.yaml", "+++ b/charts/visits/by_month.yaml"], lines[..2]);
        Assert.Contains("-slice_name: By month", lines);
        Assert.Contains("+slice_name: By quarter", lines);
        Assert.StartsWith("Superset has 1 file otherwise", difference.Message, StringComparison.Ordinal);
        Assert.Equal(Sample.Files(), Read());
    }

    [Fact]
    public async Task DiffWithoutADifferencePasses()
    {
        await Loop().DiffAsync([Sample.Key]);

        Assert.Contains("the files say what Superset has", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PushSendsTheDashboardsOwnFiles()
    {
        new AssetFolder(root.FullName).Apply([new("charts/other/name.yaml", null, Sample.ChartText(Unlisted, "Another's"))]);

        await Loop().PushAsync([Sample.Key]);

        Assert.Equal(Sample.Files().OrderBy(file => file.Key), superset.Imported!.OrderBy(file => file.Key));
    }

    [Fact]
    public async Task WhatTheLintRefusesIsNotPushed()
    {
        lint.Findings = ["charts/visits/by_month.yaml: [chart-type] 'x' is a legacy chart type; choose another"];

        await Assert.ThrowsAsync<JobException>(() => Loop().PushAsync([Sample.Key]));

        Assert.Null(superset.Imported);
    }

    [Fact]
    public async Task NewDashboardGetsTheEntryThatTheCatalogueLacks()
    {
        superset.Drawn = ("sales", Sample.Dashboard, "Sales: \"all\"");

        var refusal = await Assert.ThrowsAsync<JobException>(() => Loop().PullAsync(["sales"]));

        Assert.Contains("add the entry above to catalog.yaml", refusal.Message, StringComparison.Ordinal);
        Assert.StartsWith($"  - key: sales\n    title: \"Sales: \\u0022all\\u0022\"\n    uuid: {Sample.Dashboard}\n    embedded_uuid: ", output.ToString().ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.EndsWith("    datasets: [visits]\n    roles: []\n", output.ToString().ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal(Sample.Files(), Read());
    }

    [Theory]
    [InlineData("nobodys")]
    [InlineData("no')key")]
    public async Task DashboardThatNobodyHasIsNamed(string key)
    {
        var refusal = await Assert.ThrowsAsync<JobException>(() => Loop().PullAsync([key]));

        Assert.Equal($"the catalogue has no dashboard '{key}', only: visits", refusal.Message);
    }

    private AuthoringLoop Loop() =>
        new(superset, new AssetFolder(root.FullName), Catalogue.Read(Path.Combine(root.FullName, "catalog.yaml")), lint, output, errors);

    private IReadOnlyDictionary<string, string> Read() => new AssetFolder(root.FullName).Read();

    private sealed class Superset : IRunningAssets
    {
        public Dictionary<Guid, string> Answer { get; } = Sample.Answer();

        public (string Slug, Guid Uuid, string Title)? Drawn { get; set; }

        public IReadOnlyDictionary<string, string>? Imported { get; private set; }

        public IReadOnlyList<string>? Before { get; private set; }

        public Task<Export> ExportAsync(Guid dashboard, IEnumerable<string> before)
        {
            Before = [.. before];
            return Task.FromResult(Sample.Exported(Answer));
        }

        public Task<string> ImportAsync(IReadOnlyDictionary<string, string> files)
        {
            Imported = files;
            return Task.FromResult("2 charts, 1 dashboards");
        }

        public Task<(Guid Uuid, string Title)?> FindAsync(string slug) =>
            Task.FromResult(Drawn is { } drawn && drawn.Slug == slug ? (drawn.Uuid, drawn.Title) : ((Guid, string)?)null);
    }

    private sealed class Lint : IAssetsLint
    {
        public IReadOnlyList<string> Findings { get; set; } = [];

        public string? Root { get; private set; }

        public string? SeenTitle { get; private set; }

        public Task<IReadOnlyList<string>> RefusalsAsync(string root, IEnumerable<string> keys)
        {
            Root = root;
            SeenTitle = File.ReadLines(Path.Combine(root, Sample.ChartFile)).First().Split(": ")[1];
            return Task.FromResult(Findings);
        }
    }
}
