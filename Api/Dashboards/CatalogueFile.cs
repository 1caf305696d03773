using EmbedStack.Api.GuestTokens;
using EmbedStack.Api.Tenancy;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace EmbedStack.Api.Dashboards;

/// <summary>The catalogue as it stands in its file, the same one that the bootstrap installs from.</summary>
internal sealed record CatalogueFile(IReadOnlyList<Dashboard> Dashboards, RowRuleSet Rules)
{
    /// <exception cref="InvalidDataException">The file does not say what it must, or contradicts itself.</exception>
    public static CatalogueFile Read(string path)
    {
        try
        {
            using var reader = File.OpenText(path);
            return Build(new DeserializerBuilder()
                .WithNamingConvention(UnderscoredNamingConvention.Instance)
                .IgnoreUnmatchedProperties()
                .Build()
                .Deserialize<Document?>(reader) ?? new Document());
        }
        catch (Exception exception) when (exception is YamlException or FormatException or InvalidDataException)
        {
            throw new InvalidDataException($"{Path.GetFileName(path)}: {exception.Message}", exception);
        }
    }

    private static CatalogueFile Build(Document document)
    {
        var known = document.Datasets.Select(dataset => dataset.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var dashboard in document.Dashboards)
        {
            Refuse(dashboard.Datasets.FirstOrDefault(key => !known.Contains(key)), key => $"dashboard '{dashboard.Key}' names dataset '{key}', which is not listed.");
            Refuse(dashboard.Roles.FirstOrDefault(role => !Roles.All.Contains(role)), role => $"dashboard '{dashboard.Key}' names role '{role}', which is none.");
        }

        var terms = document.RowTerms.ToDictionary(term => term.Key, term => RowTerm.Parse(term.Key, term.Value), StringComparer.Ordinal);
        return new CatalogueFile(
            [.. document.Dashboards.Select(entry => new Dashboard(
                entry.Key, entry.Title, Guid.Parse(entry.Uuid), Guid.Parse(entry.EmbeddedUuid), entry.Datasets, entry.Roles))],
            new RowRuleSet(terms, document.Datasets.SelectMany(
                dataset => dataset.Rows, (dataset, rows) => (dataset.Key, rows.Key, (IReadOnlyList<string>)rows.Value))));
    }

    private static void Refuse(string? found, Func<string, string> why)
    {
        if (found is not null)
        {
            throw new InvalidDataException(why(found));
        }
    }

    private sealed class Document
    {
        public List<DashboardEntry> Dashboards { get; set; } = [];

        public Dictionary<string, string> RowTerms { get; set; } = [];

        public List<DatasetEntry> Datasets { get; set; } = [];
    }

    private sealed class DashboardEntry
    {
        public string Key { get; set; } = "";

        public string Title { get; set; } = "";

        public string Uuid { get; set; } = "";

        public string EmbeddedUuid { get; set; } = "";

        public List<string> Datasets { get; set; } = [];

        public List<string> Roles { get; set; } = [];
    }

    private sealed class DatasetEntry
    {
        public string Key { get; set; } = "";

        public Dictionary<string, List<string>> Rows { get; set; } = [];
    }
}
