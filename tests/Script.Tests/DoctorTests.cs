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

    [Fact]
    public async Task WithoutAStackTheExitCodeSaysSo()
    {
        var run = await ScriptRun.FunctionAsync(". scripts/doctor.sh; doctor_command --json");

        Assert.Equal(3, run.ExitCode);
        Assert.Equal("embedstack: stack: it is not up. Next: ./embedstack up", run.Error.TrimEnd());
    }
}
