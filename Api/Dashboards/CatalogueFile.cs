using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace EmbedStack.Api.Dashboards;

/// <summary>The catalogue as it stands in its file, the same one that the bootstrap installs from.</summary>
internal static class CatalogueFile
{
    public static IReadOnlyList<Dashboard> Read(string path)
    {
        using var reader = File.OpenText(path);
        var document = new DeserializerBuilder()
            .WithNamingConvention(UnderscoredNamingConvention.Instance)
            .IgnoreUnmatchedProperties()
            .Build()
            .Deserialize<Document>(reader);
        return [.. document.Dashboards.Select(entry => new Dashboard(
            entry.Key, entry.Title, Guid.Parse(entry.Uuid), Guid.Parse(entry.EmbeddedUuid), entry.Datasets, entry.Roles))];
    }

    private sealed class Document
    {
        public List<Entry> Dashboards { get; set; } = [];
    }

    private sealed class Entry
    {
        public string Key { get; set; } = "";

        public string Title { get; set; } = "";

        public string Uuid { get; set; } = "";

        public string EmbeddedUuid { get; set; } = "";

        public List<string> Datasets { get; set; } = [];

        public List<string> Roles { get; set; } = [];
    }
}
