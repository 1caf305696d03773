using System.Text.RegularExpressions;

namespace EmbedStack.Api.Views;

/// <summary>A state to be kept. One of the same name is replaced.</summary>
/// <param name="Dashboard">The dashboard's key.</param>
/// <param name="Name">At most 80 characters, none of them a control character.</param>
/// <param name="Filters">At most 4000 characters, none of them a control character; none: no filter.</param>
/// <param name="Permalink">A permalink's key; none: the tabs that are open first.</param>
internal sealed partial record SavedViewRequest(string? Dashboard, string? Name, string? Filters, string? Permalink)
{
    private const int LongestName = 80;
    private const int LongestFilters = 4000;

    /// <returns>The request with its name trimmed, or null where it is malformed.</returns>
    public SavedViewRequest? Check() =>
        Dashboard is not null
        && Name?.Trim() is { Length: > 0 and <= LongestName } name && IsText(name)
        && (Filters is null || (Filters.Length is > 0 and <= LongestFilters && IsText(Filters)))
        && (Permalink is null || PermalinkKey().IsMatch(Permalink))
            ? this with { Name = name }
            : null;

    // Half a surrogate pair is no text that Postgres could keep.
    private static bool IsText(string text) =>
        !text.Any(char.IsControl) && text.EnumerateRunes().All(rune => rune != System.Text.Rune.ReplacementChar);

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{22}\z")]
    private static partial Regex PermalinkKey();
}
