using System.Text.RegularExpressions;
using EmbedStack.Tests.Processes;

namespace EmbedStack.Script.Tests;

/// <summary>Suites of tests side by side.</summary>
public sealed partial class LaneTests
{
    [Fact]
    public async Task LanesRunAtOnceAndEachSuiteIsPrintedWholeAsItEnds()
    {
        var run = await RunAsync(
            cores: 2,
            """
            long() { echo first; echo . >"$state/long"; await short.log; echo last >&2; }
            short() { await long; echo here; }
            stack() { suite Stack long; }
            others() { suite short short; }
            run_lanes stack others && echo passed
            """);

        Assert.Equal(["short", "here", "Stack", "first", "last", "passed"], Lines(run));
    }

    [Fact]
    public async Task LastLineOfASuiteUnderWayIsSaid()
    {
        var run = await RunAsync(
            cores: 2,
            """
            lane_says_every=1
            long() { echo first; echo 'test 12 of 300'; sleep 2; echo last; }
            stack() { suite Stack long; }
            others() { suite Short true; }
            run_lanes stack others
            """);

        Assert.Matches("^ +[0-9]+s  Stack: test 12 of 300$", Lines(run)[1]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task FailedSuiteFailsTheRunAndStopsNoOther(int cores)
    {
        var run = await RunAsync(
            cores,
            """
            failing() { echo 'what went wrong'; false; echo 'and more'; return 3; }
            stack() { suite Stack true; }
            others() { suite Failing failing; suite Next echo next; }
            run_lanes stack others || echo "failed with $?"
            """);

        var lines = Lines(run);
        Assert.Equal(["Failing", "what went wrong", "and more", "Next", "next"], lines.Where(line => line != "Stack").SkipLast(1));
        Assert.Equal("failed with 1", lines[^1]);
    }

    [Fact]
    public async Task OneCoreHasOneLaneWhoseOutputIsNotKept()
    {
        var run = await RunAsync(
            cores: 1,
            """
            stack() { suite Stack echo first; }
            others() { suite Short echo second; }
            run_lanes stack others
            ls "$state"
            """);

        Assert.Equal(["Stack", "first", "Short", "second"], Lines(run));
        Assert.Matches("(?m)^  Stack took [0-9]+s$", run.Output);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task StoppingTheScriptStopsBothLanesAndAllTheyStarted(string signal)
    {
        var run = await RunAsync(
            cores: 2,
            $$"""
            slow() { trap '' INT; sleep 60 & echo $! >"$state/$1"; wait; }
            stack() { suite Stack slow first; suite Next echo 'went on'; }
            others() { suite Short slow second; }
            lanes_patience=1
            set -m; (run_lanes stack others) & runner=$!; set +m
            await first; await second
            kill -{{signal}} "$runner"
            wait "$runner" || echo "ended with $?"
            gone() { for _ in $(seq 100); do kill -0 "$1" 2>/dev/null || return 0; sleep 0.1; done; return 1; }
            for lane in first second; do if gone "$(cat "$state/$lane")"; then echo "$lane is gone"; fi; done
            """);

        Assert.Equal(["ended with 130", "first is gone", "second is gone"], Lines(run)[^3..]);
        Assert.DoesNotContain("went on", run.Output, StringComparison.Ordinal);
    }

    private static Task<ProcessRun> RunAsync(int cores, string code) => ScriptRun.FunctionAsync(
        $$"""
        reports=$state
        nproc() { echo {{cores}}; }
        await() { for _ in $(seq 300); do [ ! -s "$state/$1" ] || return 0; sleep 0.1; done; echo "no $1"; return 1; }
        {{code}}
        """);

    // Without the time that each suite took.
    private static string[] Lines(ProcessRun run) => [.. run.Output.TrimEnd().Split('\n').Where(line => !Took().IsMatch(line)).Select(line => Seconds().Replace(line, ""))];

    [GeneratedRegex(@" \(\d+s\)$")]
    private static partial Regex Seconds();

    [GeneratedRegex(@"^  \w+ took \d+s$")]
    private static partial Regex Took();
}
