namespace EmbedStack.Doctor.Tests;

public sealed class CommandLineTests
{
    [Fact]
    public void NothingIsTheStackAndATable() => Assert.Equal(new CommandLine(Json: false, Superset: null), CommandLine.Parse([]));

    [Fact]
    public void OptionsComeInAnyOrder() => Assert.Equal(
        new CommandLine(Json: true, new Uri("https://bi.example/")), CommandLine.Parse(["--superset", "https://bi.example/", "--json"]));

    [Theory]
    [InlineData("--superset")]
    [InlineData("--superset", "bi.example")]
    [InlineData("--superset", "file:///etc/passwd")]
    [InlineData("--superset", "https://name:password@bi.example")]
    [InlineData("--fix")]
    [InlineData("superset")]
    public void OthersAreWrong(params string[] args) => Assert.Null(CommandLine.Parse(args));
}
