using EmbedStack.Tests.Processes;

namespace EmbedStack.Script.Tests;

/// <summary>What <c>./embedstack warm</c> says of what the Api says.</summary>
public sealed class WarmTests
{
    private const string Wanted = """{"total":0,"done":0,"failed":0,"is_running":false,"is_wanted":true,"is_stopped":false}""";
    private const string Running = """{"total":12,"done":5,"failed":0,"is_running":true,"is_wanted":false,"is_stopped":false}""";
    private const string Done = """{"total":12,"done":12,"failed":0,"is_running":false,"is_wanted":false,"is_stopped":false}""";
    private const string Failed = """{"total":12,"done":12,"failed":3,"is_running":false,"is_wanted":false,"is_stopped":false}""";
    private const string Stopped = """{"total":12,"done":5,"failed":0,"is_running":false,"is_wanted":false,"is_stopped":true}""";
    private const string Nothing = """{"total":0,"done":0,"failed":0,"is_running":false,"is_wanted":false,"is_stopped":false}""";

    [Theory]
    [InlineData("warm everything", 2, "warm takes no 'everything'")]
    [InlineData("warm --nonsense", 2, "warm takes no '--nonsense'")]
    public async Task WrongCommandLineIsOneLineWithTheNextStep(string command, int exitCode, string cause)
    {
        var run = await ScriptRun.CommandAsync(command);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.StartsWith($"embedstack: {cause}", Assert.Single(run.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutAStackTheExitCodeSaysSo()
    {
        var run = await ScriptRun.FunctionAsync(". scripts/warm.sh; warm_command");

        Assert.Equal((3, "embedstack: stack: it is not up. Next: ./embedstack up"), (run.ExitCode, run.Error.TrimEnd()));
    }

    [Fact]
    public async Task ItEndsWhenEverythingIsAskedAndNoSooner()
    {
        var run = await WarmAsync(Wanted, Running, Done);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("12 questions warm", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatNobodyHasOpenedIsNotWarmed()
    {
        var run = await WarmAsync(Wanted, Nothing);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("no dashboard has been opened yet", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Failed, "embedstack: warm-up: 3 of 12 questions have no answer.")]
    [InlineData(Stopped, "embedstack: warm-up: it stopped before everything was asked.")]
    [InlineData("exit 22", "embedstack: api: it does not answer.")]
    public async Task FailureIsOneLine(string last, string says)
    {
        var run = await WarmAsync(Running, last);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith(says, Assert.Single(run.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeyIsInNoArgument()
    {
        var run = await WarmAsync(Done);

        Assert.Contains("X-EmbedStack-Operator: the-key-of-the-operator", run.Output, StringComparison.Ordinal);
        Assert.DoesNotMatch("arguments: .*the-key", run.Output);
    }

    // Answers one after another, the last of them for good, in the place of curl; what it is told goes to standard output at the end.
    private static Task<ProcessRun> WarmAsync(params string[] answers)
    {
        var list = string.Join(' ', answers.Select(answer => $"'{answer}'"));
        return ScriptRun.FunctionAsync($$"""
            . scripts/warm.sh
            mkdir -p "$state/secrets/operator"; printf 'the-key-of-the-operator\n' > "$state/secrets/operator/operator-key"
            printf 'state\trunning\nservice\tkeycloak\thttp://127.0.0.1:1\nservice\tapi\thttp://127.0.0.1:9\nsecrets\t%s\tthrown away\n' "$state/secrets" > "$state/status"
            EmbedStack__StatusFile="$state/status" warm_pause=0
            curl() {
                local answers=({{list}}) count argument
                for argument in "$@"; do
                    [[ "$argument" != @* ]] || cat "${argument#@}" > "$state/header"
                done
                printf '%s ' "$@" > "$state/arguments"
                if [[ "$*" == *'--request POST'* ]]; then return; fi
                printf x >> "$state/asked"; count=$(stat -c %s "$state/asked")
                [ "$count" -le "${#answers[@]}" ] || count="${#answers[@]}"
                [[ "${answers[count - 1]}" != exit* ]] || return 22
                printf '%s' "${answers[count - 1]}"
            }
            trap 'cat "$state/header"; printf "arguments: %s\n" "$(cat "$state/arguments")"' EXIT
            warm_command
            """);
    }
}
