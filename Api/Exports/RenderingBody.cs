using System.Text.Json;
using System.Text.RegularExpressions;

namespace EmbedStack.Api.Exports;

/// <summary>What is to become of a dashboard, and in which state.</summary>
/// <param name="Format"><c>pdf</c> or <c>png</c>.</param>
/// <param name="NativeFilters">Superset's parameter <c>native_filters</c>, in rison; none: the dashboard's own.</param>
/// <param name="Permalink">A permalink's key; none: the tabs that are open first.</param>
/// <param name="Language">Two letters; none: English.</param>
/// <param name="Theme">How it looks; none: light, as Superset has it.</param>
internal sealed partial record RenderingBody(string? Format, string? NativeFilters, string? Permalink, string? Language, RenderingBody.Look? Theme)
{
    public const string Pdf = "pdf";
    public const string Png = "png";
    private const int LongestFilters = 7_900; // as an address has them: Superset's server takes one of 8,190 characters

    /// <summary>Whether it can be asked for.</summary>
    public bool IsValid() =>
        Format is Pdf or Png
        && (NativeFilters is null || (NativeFilters.Length > 0 && IsText(NativeFilters) && Uri.EscapeDataString(NativeFilters).Length <= LongestFilters))
        && (Permalink is null || PermalinkKey().IsMatch(Permalink))
        && (Language is null || TwoLetters().IsMatch(Language))
        && Theme?.IsValid() is null or true;

    private static bool IsText(string text) =>
        !text.Any(char.IsControl) && text.EnumerateRunes().All(rune => rune != System.Text.Rune.ReplacementChar);

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{22}\z")]
    private static partial Regex PermalinkKey();

    [GeneratedRegex(@"\A[a-z]{2}\z")]
    private static partial Regex TwoLetters();

    /// <summary>How a dashboard looks.</summary>
    /// <param name="Mode"><c>light</c> or <c>dark</c>.</param>
    /// <param name="Tokens">Ant Design tokens: numbers, and texts such as colours and names of fonts, of which nothing is loaded.</param>
    internal sealed partial record Look(string? Mode, IReadOnlyDictionary<string, JsonElement>? Tokens)
    {
        private const int MostTokens = 24;
        private const double Largest = 1_000;

        public bool IsValid() =>
            Mode is "light" or "dark" && (Tokens is null || (Tokens.Count <= MostTokens && Tokens.All(token => Name().IsMatch(token.Key) && IsValue(token.Value))));

        private static bool IsValue(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetDouble(out var number) && Math.Abs(number) <= Largest,
            JsonValueKind.String => Plain().IsMatch(value.GetString()!),
            _ => false,
        };

        [GeneratedRegex(@"\A[A-Za-z]{1,40}\z")]
        private static partial Regex Name();

        // No brackets and no colon: nothing that could name an address.
        [GeneratedRegex("""\A[#A-Za-z0-9 ,."'%-]{1,200}\z""")]
        private static partial Regex Plain();
    }
}
