using System.Text.RegularExpressions;

namespace EmbedStack.Api.Tests.GuestTokens;

/// <summary>Reads SQL into tokens as Postgres does, as far as a row rule goes. What it does not know is a token of its own.</summary>
internal static partial class SqlTokens
{
    /// <returns>Literals as <c>'</c> and their value, everything else as it stands; comments and white space are tokens too.</returns>
    public static IReadOnlyList<string> Of(string sql) =>
        [.. Token().Matches(sql).Select(match => match.Groups["literal"] is { Success: true } literal ? $"'{literal.Value.Replace("''", "'", StringComparison.Ordinal)}" : match.Value)];

    [GeneratedRegex(@"'(?<literal>(?:[^']|'')*)'|--[^\n\r]*|/\*.*?(?:\*/|\z)|[A-Za-z_][A-Za-z0-9_]*|[0-9]+|\s+|.", RegexOptions.Singleline)]
    private static partial Regex Token();
}
