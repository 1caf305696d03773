using System.Text.RegularExpressions;

namespace EmbedStack.Authoring.Assets;

/// <summary>What the text of an asset tells without being parsed: it is written by one hand, in one form.</summary>
internal static partial class AssetText
{
    /// <summary>The asset's own UUID; none where the text has none, or says two.</summary>
    public static Guid? UuidOf(string text) =>
        Own().Matches(text) is [var match] && Guid.TryParseExact(match.Groups[1].Value, "D", out var uuid) ? uuid : null;

    /// <summary>Every UUID that the text names, its own among them.</summary>
    public static IEnumerable<Guid> UuidsIn(string text) => Any().Matches(text).Select(match => Guid.Parse(match.Value)).Distinct();

    /// <summary>Where a new asset of the dashboard goes, without <c>.yaml</c>; none where the text is of no known kind.</summary>
    public static string? NewName(string text, string dashboard)
    {
        if (Title().Matches(text) is not [var title])
        {
            return null;
        }

        var slug = NoLetter().Replace(title.Groups[2].Value.ToLowerInvariant(), "_").Trim('_');
        slug = slug.Length == 0 ? "unnamed" : slug[..Math.Min(slug.Length, 80)];
        return title.Groups[1].Value switch
        {
            "slice_name" => $"charts/{dashboard}/{slug}",
            "table_name" => $"datasets/clinic/{slug}",
            _ => $"dashboards/{dashboard}",
        };
    }

    [GeneratedRegex("^uuid: '?([0-9a-f-]{36})'?$", RegexOptions.Multiline)]
    private static partial Regex Own();

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Any();

    [GeneratedRegex("^(slice_name|table_name|dashboard_title): (.*)$", RegexOptions.Multiline)]
    private static partial Regex Title();

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NoLetter();
}
