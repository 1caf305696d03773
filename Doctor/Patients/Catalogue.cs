using EmbedStack.ServiceDefaults.Jobs;
using YamlDotNet.RepresentationModel;

namespace EmbedStack.Doctor.Patients;

/// <summary>What <c>catalog.yaml</c> says of a dashboard.</summary>
internal sealed record CatalogueEntry(string Key, Guid Uuid, Guid EmbeddedId, IReadOnlyList<string> Datasets)
{
    /// <exception cref="JobException">There is no such file, or it is none of these.</exception>
    public static IReadOnlyList<CatalogueEntry> Read(string path)
    {
        try
        {
            var yaml = new YamlStream();
            using var reader = File.OpenText(path);
            yaml.Load(reader);
            return [.. ((YamlSequenceNode)yaml.Documents[0].RootNode["dashboards"]).Select(entry => new CatalogueEntry(
                Text(entry["key"]), Guid.Parse(Text(entry["uuid"])), Guid.Parse(Text(entry["embedded_uuid"])),
                [.. ((YamlSequenceNode)entry["datasets"]).Select(Text)]))];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or YamlDotNet.Core.YamlException or KeyNotFoundException or FormatException)
        {
            throw new JobException($"{path} is no catalogue of dashboards", problem);
        }
    }

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;
}
