using System.Text.Json;
using EmbedStack.Authoring.Assets;
using EmbedStack.ServiceDefaults.Jobs;

namespace EmbedStack.Authoring.Tests;

/// <summary>What comes from Superset may be anything that an author, or a stranger in its database, put there.</summary>
public sealed class ExportTests
{
    [Fact]
    public void TextsAreKnownByWhatTheySay() => Assert.Equal(Sample.Answer(), Sample.Exported(Sample.Answer()).Texts);

    [Fact]
    public void TextOfAnotherAssetIsRefused() => AssertRefused("a text of another asset", answer => answer[Sample.Chart] = Sample.ChartText(Sample.Other, "Staff"));

    [Fact]
    public void TextWithoutUuidIsRefused() => AssertRefused("a text of another asset", answer => answer[Sample.Chart] = "slice_name: By month\n");

    [Fact]
    public void TextWithTwoUuidsIsRefused() =>
        AssertRefused("a text of another asset", answer => answer[Sample.Chart] += $"uuid: {Sample.Other}\n");

    [Fact]
    public void HugeTextIsRefused() => AssertRefused("characters", answer => answer[Sample.Chart] += $"description: {new string('x', Export.LongestText)}\n");

    [Fact]
    public void TooManyTextsAreRefused() => AssertRefused($"more than {Export.MostTexts} texts", answer =>
    {
        foreach (var chart in Enumerable.Range(0, Export.MostTexts).Select(_ => Guid.NewGuid()))
        {
            answer[chart] = Sample.ChartText(chart, "One of many");
        }
    });

    [Fact]
    public void ExportWithoutItsDashboardIsRefused() => AssertRefused("lacks the dashboard", answer => answer.Remove(Sample.Dashboard));

    [Fact]
    public void ChartInPlaceOfTheDashboardIsRefused() => AssertRefused("lacks the dashboard", answer => answer[Sample.Dashboard] = Sample.ChartText(Sample.Dashboard, "Not a dashboard"));

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("{\"../../etc/passwd\": \"uuid: x\"}")]
    [InlineData("{\"00000000-0000-4000-8000-0000000000da\": 7}")]
    public void WhatIsNoListOfTextsIsRefused(string answer)
    {
        using var document = JsonDocument.Parse(answer);

        var refusal = Assert.Throws<JobException>(() => Export.Read(Sample.Dashboard, document.RootElement));

        Assert.Single(refusal.Message.Split('\n'));
    }

    private static void AssertRefused(string cause, Action<Dictionary<Guid, string>> spoil)
    {
        var answer = Sample.Answer();
        spoil(answer);

        var refusal = Assert.Throws<JobException>(() => Sample.Exported(answer));

        Assert.Contains(cause, refusal.Message, StringComparison.Ordinal);
    }
}
