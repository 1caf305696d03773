using EmbedStack.Authoring.Assets;
using EmbedStack.ServiceDefaults.Jobs;

namespace EmbedStack.Authoring.Tests;

public sealed class AssetTextsTests
{
    private static readonly Guid New = Guid.Parse("00000000-0000-4000-8000-0000000000c3");

    [Fact]
    public void WhatSupersetHasAsTheFilesSayItChangesNothing() => Assert.Empty(Changes(_ => { }));

    [Fact]
    public void FileKeepsItsNameWhateverTheChartIsCalled()
    {
        var change = Assert.Single(Changes(answer => answer[Sample.Chart] = Sample.ChartText(Sample.Chart, "By quarter")));

        Assert.Equal(new AssetChange(Sample.ChartFile, Sample.ChartText(Sample.Chart, "By month"), Sample.ChartText(Sample.Chart, "By quarter")), change);
    }

    [Theory]
    [InlineData("No-shows, by hour", "charts/visits/no_shows_by_hour.yaml")]
    [InlineData("'../../../etc/cron.d/evil: x'", "charts/visits/etc_cron_d_evil_x.yaml")]
    [InlineData("'Staff'", "charts/visits/staff_2.yaml")]
    [InlineData("图表", "charts/visits/unnamed.yaml")]
    public void NewChartIsNamedByItsTitleAndOverwritesNoOther(string title, string name)
    {
        var changes = Changes(answer =>
        {
            answer[New] = Sample.ChartText(New, title);
            answer[Sample.Dashboard] = Sample.DashboardText(Sample.Chart, Sample.Other, New);
        });

        Assert.Equal(new AssetChange(name, null, Sample.ChartText(New, title)), Assert.Single(changes, change => change.Before is null));
    }

    [Fact]
    public void ChartThatWasTakenOffItsOnlyDashboardGoes()
    {
        var changes = Changes(TakeOff);

        Assert.Equal([Sample.OtherFile, Sample.DashboardFile], changes.Select(change => change.Name));
        Assert.Null(changes[0].After);
    }

    [Fact]
    public void ChartThatAnotherDashboardShowsStays()
    {
        var files = Sample.Files();
        files["dashboards/more.yaml"] = $"dashboard_title: More\nuuid: {New}\nposition:\n  CHART-1:\n    meta:\n      uuid: {Sample.Other}\n";

        Assert.Equal([Sample.DashboardFile], Changes(TakeOff, files).Select(change => change.Name));
    }

    [Fact]
    public void ChartThatNeverWasOnTheDashboardStays()
    {
        var files = Sample.Files();
        files["charts/visits/draft.yaml"] = Sample.ChartText(New, "Draft");

        Assert.Empty(Changes(_ => { }, files));
    }

    [Fact]
    public void KnownDatasetThatDiffersIsToldFromANewOne()
    {
        var files = Sample.Files();
        Assert.True(Assert.Single(Changes(answer => answer[Sample.Dataset] = Sample.DatasetText("Others."), files)).IsKnownDataset);

        files.Remove(Sample.DatasetFile);
        Assert.False(Assert.Single(Changes(_ => { }, files)).IsKnownDataset);
    }

    [Fact]
    public void DashboardsOwnFilesAreItsChartsAndTheirDatasets()
    {
        var files = Sample.Files();
        files["charts/visits/draft.yaml"] = Sample.ChartText(New, "Draft");
        files["dashboards/more.yaml"] = "dashboard_title: More\nuuid: 00000000-0000-4000-8000-0000000000db\n";

        Assert.Equal(Sample.Files().OrderBy(file => file.Key), new AssetTexts(files).Of(Sample.Key, Sample.Dashboard).OrderBy(file => file.Key));
    }

    [Fact]
    public void DashboardWithoutAFileHasNone()
    {
        var refusal = Assert.Throws<JobException>(() => new AssetTexts([]).Of(Sample.Key, Sample.Dashboard));

        Assert.Equal("no file is of dashboard 'visits'. Next: ./embedstack dashboard pull visits", refusal.Message);
    }

    [Fact]
    public void TwoFilesOfOneAssetAreNamed()
    {
        var files = Sample.Files();
        files["charts/visits/copy.yaml"] = files[Sample.ChartFile];

        Assert.Equal("charts/visits/by_month.yaml and charts/visits/copy.yaml have one uuid", Assert.Throws<JobException>(() => Changes(_ => { }, files)).Message);
    }

    private static void TakeOff(Dictionary<Guid, string> answer)
    {
        answer[Sample.Dashboard] = Sample.DashboardText(Sample.Chart);
        answer.Remove(Sample.Other);
    }

    private static IReadOnlyList<AssetChange> Changes(Action<Dictionary<Guid, string>> edit, Dictionary<string, string>? files = null)
    {
        var answer = Sample.Answer();
        edit(answer);
        var before = new AssetTexts(files ?? Sample.Files());
        return before.With(Sample.Key, Sample.Exported(answer)).ChangesSince(before);
    }
}
