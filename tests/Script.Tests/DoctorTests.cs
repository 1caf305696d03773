namespace EmbedStack.Script.Tests;

public sealed class DoctorTests
{
    [Theory]
    [InlineData("doctor --fix", "doctor has no option '--fix'")]
    [InlineData("doctor --superset", "--superset takes a value")]
    [InlineData("doctor --superset bi.example", "--superset takes an address, not 'bi.example'")]
    [InlineData("doctor --superset=https://name:word@bi.example", "--superset takes an address without name and password")]
    public async Task WrongCommandLineIsOneLineWithTheNextStep(string command, string cause)
    {
        var run = await ScriptRun.CommandAsync(command);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"embedstack: {cause}", Assert.Single(run.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Contains(" --help", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Unhealthy", "Healthy", 0, "asked with it Healthy")]
    [InlineData("Unhealthy", "Unhealthy", 0, "asked with it Unhealthy")]
    [InlineData("Unhealthy", "Healthy", 10, "asked with it Unhealthy")]
    public async Task PartThatIsLateInAStackThatHasJustStartedIsWaitedForAWhile(string first, string then, int minutes, string said)
    {
        var run = await ScriptRun.FunctionAsync(
            $$"""
            . scripts/stack.sh; . scripts/doctor.sh
            run="$(mktemp -d)"; status="$run/status"; touch -d '{{minutes}} minutes ago' "$run/pid"
            line() { printf 'resource\trenderer\tRunning\t%s\t9\n' "$1" >"$status"; }
            sleep() { line {{then}}; }
            line {{first}}
            await_late_parts 3
            printf 'asked with it %s' "$(cut -f4 "$status")"
            rm -r "$run"
            """);

        Assert.Equal(said, run.Output);
    }

    [Fact]
    public async Task WithoutAStackTheExitCodeSaysSo()
    {
        var run = await ScriptRun.FunctionAsync(". scripts/doctor.sh; doctor_command --json");

        Assert.Equal(3, run.ExitCode);
        Assert.Equal("embedstack: stack: it is not up. Next: ./embedstack up", run.Error.TrimEnd());
    }
}
