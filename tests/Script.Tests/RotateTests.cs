namespace EmbedStack.Script.Tests;

public sealed class RotateTests
{
    [Theory]
    [InlineData("rotate", 2, "rotate takes a secret's name")]
    [InlineData("rotate nonsense", 2, "there is no secret 'nonsense' to rotate")]
    [InlineData("rotate --nonsense", 2, "rotate has no option '--nonsense'")]
    [InlineData("rotate --all assertion-key", 2, "rotate takes names, --all or --list")]
    [InlineData("rotate --list assertion-key", 2, "rotate takes names, --all or --list")]
    //#if (clinics)
    [InlineData("bench", 2, "bench takes a name")]
    [InlineData("bench nonsense", 2, "there is no benchmark 'nonsense'")]
    [InlineData("bench tokens --seconds soon", 2, "--seconds takes a number")]
    //#endif
    public async Task WrongCommandLineIsOneLineWithTheNextStep(string command, int exitCode, string cause)
    {
        var run = await ScriptRun.CommandAsync(command);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.StartsWith($"embedstack: {cause}", Assert.Single(run.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Contains(" --help", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("assertion-key")]
    [InlineData("--all")]
    [InlineData("--list")]
    public async Task WithoutAStackTheExitCodeSaysSo(string arguments)
    {
        var run = await ScriptRun.FunctionAsync($". scripts/rotate.sh; rotate_command {arguments}");

        Assert.Equal(3, run.ExitCode);
        Assert.Equal("embedstack: stack: it is not up. Next: ./embedstack up", run.Error.TrimEnd());
    }

    [Fact]
    public async Task StackOfAnotherUserIsNamed()
    {
        // /proc/1/comm is somebody's whom this user is not, or root's.
        var file = Environment.UserName == "root" ? "file=$state/status; touch \"$file\"; chown nobody \"$file\"" : "file=/proc/1/comm";
        var run = await ScriptRun.FunctionAsync($". scripts/rotate.sh; {file}; EmbedStack__StatusFile=$file; rotate_command assertion-key");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("another user started it", Assert.Single(run.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }
}
