using System.Text.RegularExpressions;
using Microsoft.Extensions.Primitives;

namespace EmbedStack.Api.Edge;

/// <summary>
/// What may go to Superset as a guest token: one compact JWS. In an export the token comes out of a form, where it can
/// hold line breaks; as a header those would be further headers, or a second request past the list of routes.
/// </summary>
internal static partial class GuestTokenText
{
    private const int Longest = 32 * 1024;

    /// <returns>The token, or null where there is none, more than one, or something else.</returns>
    public static string? Read(StringValues values) =>
        values is [{ Length: <= Longest } text] && CompactJws().IsMatch(text) ? text : null;

    [GeneratedRegex(@"\A[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+){2}\z")]
    private static partial Regex CompactJws();
}
