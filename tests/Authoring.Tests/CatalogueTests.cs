using EmbedStack.Authoring.Assets;
using EmbedStack.ServiceDefaults.Jobs;

namespace EmbedStack.Authoring.Tests;

public sealed class CatalogueTests
{
    private const string Uuid = "a2a205e3-2c64-5985-8953-76881b3b025a";

    [Fact]
    public void KeysStandInTheFilesOrder() => Assert.Equal(["revenue", "clinic"], Read("revenue", "clinic").Keys);

    [Fact]
    public void DashboardIsFoundByItsKey() => Assert.Equal(Guid.Parse(Uuid), Read("clinic")["clinic"]);

    [Fact]
    public void UnknownKeyIsNamedWithThoseThatThereAre()
    {
        var refusal = Assert.Throws<JobException>(() => Read("revenue", "clinic")["nobodys"]);

        Assert.Equal("the catalogue has no dashboard 'nobodys', only: revenue, clinic", refusal.Message);
    }

    [Theory]
    [InlineData("terms:\n  a: b\n  - key: clinic\n")]
    [InlineData("- clinic\n")]
    [InlineData("dashboards:\n  - key: clinic\n")]
    [InlineData("dashboards:\n  - key: clinic\n    uuid: clinic\n")]
    [InlineData("")]
    public void FileThatIsNoneIsNamed(string text) =>
        Assert.Contains("is no catalogue: ", Assert.Throws<JobException>(() => ReadText(text)).Message, StringComparison.Ordinal);

    private static Catalogue Read(params string[] keys) =>
        ReadText($"dashboards:\n{string.Concat(keys.Select(key => $"  - key: {key}\n    uuid: {Uuid}\n"))}");

    private static Catalogue ReadText(string text)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, text);
            return Catalogue.Read(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
