using EmbedStack.Authoring.Assets;
using EmbedStack.ServiceDefaults.Jobs;

namespace EmbedStack.Authoring.Tests;

public sealed class AssetFolderTests : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("embedstack-assets-");

    public void Dispose() => root.Delete(recursive: true);

    [Fact]
    public void OnlyAssetsAreRead()
    {
        Write("charts/clinic/name.yaml", "name");
        Write("charts/clinic/notes.txt", "notes");
        Write("catalog.yaml", "dashboards: []");

        Assert.Equal(["charts/clinic/name.yaml"], new AssetFolder(root.FullName).Read().Keys);
    }

    [Fact]
    public void ChangesAreWrittenAndTheOtherFilesAreLeftAlone()
    {
        Write("charts/clinic/same.yaml", "same");
        Write("charts/clinic/old.yaml", "old");
        Write("charts/clinic/gone.yaml", "gone");
        var written = File.GetLastWriteTimeUtc(Path.Combine(root.FullName, "charts/clinic/same.yaml"));

        var folder = new AssetFolder(root.FullName);
        folder.Apply([new("charts/clinic/old.yaml", "old", "new"), new("charts/more/first.yaml", null, "first"), new("charts/clinic/gone.yaml", "gone", null)]);

        Assert.Equal(
            [KeyValuePair.Create("charts/clinic/old.yaml", "new"), KeyValuePair.Create("charts/clinic/same.yaml", "same"), KeyValuePair.Create("charts/more/first.yaml", "first")],
            folder.Read().OrderBy(file => file.Key, StringComparer.Ordinal));
        Assert.Equal(written, File.GetLastWriteTimeUtc(Path.Combine(root.FullName, "charts/clinic/same.yaml")));
    }

    [Theory]
    [InlineData("../catalog.yaml")]
    [InlineData("charts/../../catalog.yaml")]
    [InlineData("/tmp/catalog.yaml")]
    public void NothingIsWrittenOutsideTheFolder(string name) =>
        Assert.Throws<JobException>(() => new AssetFolder(Path.Combine(root.FullName, "assets")).Apply([new(name, null, "text")]));

    [Fact]
    public void CopyHasTheChangesAndTheCatalogueTheFolderHasNot()
    {
        Write("assets/catalog.yaml", "dashboards: []");
        Write("assets/charts/clinic/old.yaml", "old");
        var copy = root.CreateSubdirectory("copy");
        var folder = new AssetFolder(Path.Combine(root.FullName, "assets"));

        folder.CopyTo(copy.FullName, [new("charts/clinic/old.yaml", "old", "new")]);

        Assert.Equal("new", new AssetFolder(copy.FullName).Read()["charts/clinic/old.yaml"]);
        Assert.True(File.Exists(Path.Combine(copy.FullName, "catalog.yaml")));
        Assert.Equal("old", folder.Read()["charts/clinic/old.yaml"]);
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(root.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
