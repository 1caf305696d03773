using System.Text.Json;
using System.Text.RegularExpressions;

namespace EmbedStack.Authoring.Loop;

/// <summary>The entry of <c>catalog.yaml</c> that a new dashboard needs.</summary>
internal static partial class CatalogueEntry
{
    /// <summary>Whether the catalogue would take this as a key.</summary>
    public static bool IsKey(string text) => Key().IsMatch(text);

    /// <summary>For nobody as yet: whom it is for, the author decides.</summary>
    public static string Of(string key, string title, Guid uuid, IEnumerable<string> datasets) => $"""
          - key: {key}
            title: {JsonSerializer.Serialize(title)}
            uuid: {uuid}
            embedded_uuid: {Guid.NewGuid()}
            datasets: [{string.Join(", ", datasets.Order(StringComparer.Ordinal))}]
            roles: []

        """;

    [GeneratedRegex(@"^[a-z0-9][a-z0-9_-]{0,63}\z")]
    private static partial Regex Key();
}
