using EmbedStack.AppHost.Runtime;
using Microsoft.Extensions.Configuration;

namespace EmbedStack.AppHost.ModelTests.Runtime;

public sealed class ReadingTheSettings
{
    [Fact]
    public void DataAreThrownAwayUnlessTheyAreToBeKept()
    {
        var settings = Read();

        Assert.False(settings.Persist);
        Assert.True(settings.ThrowsDataAway);
        Assert.Equal("small", settings.ClinicDataScale);
        Assert.StartsWith(Path.GetTempPath(), settings.DataDirectory);
        Assert.NotEqual(settings.DataDirectory, Read().DataDirectory);
    }

    [Fact]
    public void KeptDataLieInTheRepository()
    {
        var settings = Read(("Persist", "true"));

        Assert.Equal("/repository/.embedstack/data", settings.DataDirectory);
        Assert.Equal("demo", settings.ClinicDataScale);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public void AFolderThatSomebodyNamedIsNeverThrownAway(string persist)
    {
        var settings = Read(("Persist", persist), ("DataDirectory", "/home/somebody"));

        Assert.Equal("/home/somebody", settings.DataDirectory);
        Assert.False(settings.ThrowsDataAway);
    }

    [Fact]
    public void DraftsAreRefusedUnlessAskedFor()
    {
        Assert.False(Read().AcceptsDrafts);
        Assert.True(Read(("Dashboards:Drafts", "true")).AcceptsDrafts);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("false", false)]
    [InlineData("true", true)]
    [InlineData("True", true)]
    public void HttpsIsOffUnlessAskedFor(string? value, bool isHttps) =>
        Assert.Equal(isHttps, Read(value is null ? [] : [("Https", value)]).IsHttps);

    [Theory]
    [InlineData("Runtime", "cloud", "auto, container or native")]
    [InlineData("Runtime", "7", "auto, container or native")]
    [InlineData("ClinicData:Scale", "huge", "small, demo or large")]
    [InlineData("Https", "yes", "true or false")]
    [InlineData("TimeZone", "Sydney", "IANA name")]
    [InlineData("TimeZone", "AUS Eastern Standard Time", "IANA name")]
    [InlineData("Https", "1", "true or false")]
    [InlineData("Superset:Instances", "0", "from 1 to 8")]
    [InlineData("Superset:Instances", "9", "from 1 to 8")]
    [InlineData("Superset:Instances", "-1", "from 1 to 8")]
    [InlineData("Superset:Instances", "two", "from 1 to 8")]
    [InlineData("Api:Instances", "5", "from 1 to 4")]
    [InlineData("Edge:Instances", "5", "from 0 to 4")]
    public void AValueThatDoesNotExistIsNamedInOneLine(string key, string value, string choices)
    {
        var problem = Assert.Throws<StartRefusal>(() => Read((key, value)));

        Assert.Contains(value, problem.Message);
        Assert.Contains(choices, problem.Message);
        Assert.DoesNotContain('\n', problem.Message);
    }

    private static StackSettings Read(params (string Key, string Value)[] values) => StackSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(values.ToDictionary(pair => $"EmbedStack:{pair.Key}", pair => (string?)pair.Value)).Build(),
        "/repository/AppHost");
}
