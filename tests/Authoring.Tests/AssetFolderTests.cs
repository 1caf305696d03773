using EmbedStack.Authoring.Assets;

namespace EmbedStack.Authoring.Tests;

public sealed class AssetFolderTests : IDisposable
{
    private static readonly Guid Chart = Guid.Parse("0b4a3c9e-5a63-5d0f-9d0c-6f1f0c3a7b11");

    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("embedstack-assets-");

    public void Dispose() => root.Delete(recursive: true);

    [Fact]
    public void FileKeepsItsNameWhateverTheChartIsCalled()
    {
        Write("charts/clinic/old-name.yaml", Text("Old name"));

        var changed = new AssetFolder(root.FullName).Write(new Dictionary<Guid, string> { [Chart] = Text("New name") }, "clinic");

        Assert.Equal(["charts/clinic/old-name.yaml"], changed);
        Assert.Equal(Text("New name"), File.ReadAllText(Path.Combine(root.FullName, "charts/clinic/old-name.yaml")));
    }

    [Fact]
    public void FileThatSaysTheSameIsLeftAlone()
    {
        Write("charts/clinic/name.yaml", Text("Name"));
        var written = File.GetLastWriteTimeUtc(Path.Combine(root.FullName, "charts/clinic/name.yaml"));

        var changed = new AssetFolder(root.FullName).Write(new Dictionary<Guid, string> { [Chart] = Text("Name") }, "clinic");

        Assert.Empty(changed);
        Assert.Equal(written, File.GetLastWriteTimeUtc(Path.Combine(root.FullName, "charts/clinic/name.yaml")));
    }

    [Theory]
    [InlineData("slice_name: No-shows, by hour", "charts/clinic/no-shows-by-hour.yaml")]
    [InlineData("table_name: appointment_facts", "datasets/clinic/appointment-facts.yaml")]
    [InlineData("dashboard_title: Clinic overview", "dashboards/clinic.yaml")]
    public void WhatIsNewIsNamedByItsTitle(string title, string name)
    {
        var changed = new AssetFolder(root.FullName).Write(new Dictionary<Guid, string> { [Chart] = $"{title}\nuuid: {Chart}\n" }, "clinic");

        Assert.Equal([name], changed);
    }

    [Fact]
    public void OnlyAssetsAreRead()
    {
        Write("charts/clinic/name.yaml", Text("Name"));
        Write("charts/clinic/notes.txt", "notes");
        Write("catalog.yaml", "dashboards: []");

        Assert.Equal(["charts/clinic/name.yaml"], new AssetFolder(root.FullName).Read().Keys);
    }

    private static string Text(string title) => $"slice_name: {title}\nuuid: {Chart}\n";

    private void Write(string name, string text)
    {
        var path = Path.Combine(root.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
