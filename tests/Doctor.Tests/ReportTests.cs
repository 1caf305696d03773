using System.Text.Json.Nodes;
using EmbedStack.Doctor.Report;
using EmbedStack.Doctor.Tests.Peers;

namespace EmbedStack.Doctor.Tests;

public sealed class ReportTests
{
    [Fact]
    public async Task FindingHasSymptomCauseFixAndLink()
    {
        var stack = new FakeStack();
        stack.Stop("redis");

        var table = (await ReportAsync(stack)).Table();

        Assert.Matches(@"\n  redis-away +found +redis is Exited, Unhealthy\n", table);
        Assert.Contains("redis-away: Charts are slow", table, StringComparison.Ordinal);
        foreach (var line in new[] { "  cause  ", "  fix    ", "  more   pages/doctor.md#redis-away\n" })
        {
            Assert.Contains(line, table, StringComparison.Ordinal);
        }

        Assert.EndsWith("\nFound: redis-away.\n", table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JsonNamesEveryCheck()
    {
        var report = JsonNode.Parse((await ReportAsync(new FakeStack())).Json())!;

        Assert.True((bool)report["healthy"]!);
        Assert.Equal(Examination.Checks.Select(check => check.Slug), report["checks"]!.AsArray().Select(check => (string)check!["check"]!));
        Assert.All(report["checks"]!.AsArray(), check => Assert.Equal("ok", (string)check!["state"]!));
    }

    [Fact]
    public async Task NoSecretIsTold()
    {
        var stack = new FakeStack();
        stack.FrameAncestors = FakeStack.Secret;

        var report = await ReportAsync(stack);

        Assert.All(new[] { report.Table(), report.Json() }, text =>
        {
            Assert.Contains("***", text, StringComparison.Ordinal);
            Assert.All(stack.Patient().Secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        });
    }

    [Fact]
    public async Task WhatCouldNotBeExaminedIsCounted()
    {
        var report = await ReportAsync(new FakeStack { IsDatabaseAway = true });

        Assert.StartsWith("Nothing was found. ", report.Summary(), StringComparison.Ordinal);
        Assert.EndsWith("checks could not be made.", report.Summary(), StringComparison.Ordinal);
    }

    private static async Task<ExaminationReport> ReportAsync(FakeStack stack) => new(stack.Patient(), await stack.ExamineAsync(), "pages/doctor.md");
}
