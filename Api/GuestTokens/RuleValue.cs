using System.Text.RegularExpressions;

namespace EmbedStack.Api.GuestTokens;

/// <summary>
/// A value that may stand in a rule. The allow-list has no quote, brace, space or backslash: nothing in it can end a
/// literal or be rendered as a template.
/// </summary>
internal static partial class RuleValue
{
    public static bool IsAllowed(string value) => Allowed().IsMatch(value);

    public static string Quote(string value) =>
        IsAllowed(value) ? $"'{value}'" : throw new ArgumentException("The value may not stand in a rule.", nameof(value));

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex Allowed();
}
