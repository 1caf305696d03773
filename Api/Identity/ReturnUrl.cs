namespace EmbedStack.Api.Identity;

/// <summary>Where a sign-in may lead back to: paths of the application's own pages.</summary>
internal static class ReturnUrl
{
    private const int MaximumLength = 1024;
    private const int MostReadings = 4;
    private static readonly string[] NotPages = ["/bff", "/api"];

    /// <returns>The path, <c>/</c> where none is given, or null where the address is refused.</returns>
    public static string? Check(string? value) => value switch
    {
        null or "" => "/",
        _ => IsLocal(value) ? value : null,
    };

    private static bool IsLocal(string value) =>
        value.Length <= MaximumLength
        && value[0] == '/'
        // It goes back in a header, which is ASCII; browsers write their own addresses so.
        && value.All(char.IsAscii)
        && Readings(value).All(IsPage)
        && Uri.TryCreate(new Uri("http://app.invalid"), value, out var resolved)
        && resolved.Host == "app.invalid";

    // As it stands and as it reads to whoever decodes it, and to whoever does so once more.
    private static IEnumerable<string> Readings(string value)
    {
        for (var reading = 0; reading < MostReadings; reading++)
        {
            yield return value;
            value = Uri.UnescapeDataString(value);
        }
    }

    // Browsers read "//host" as another site, take a backslash for a slash, and resolve dots before anybody looks.
    private static bool IsPage(string reading)
    {
        var path = reading.Split('?', '#')[0];
        return reading.All(IsPlain)
            && !reading.Contains("//", StringComparison.Ordinal)
            && !path.Split('/').Any(part => part is "." or "..")
            && !NotPages.Any(prefix => new PathString(path).StartsWithSegments(prefix));
    }

    private static bool IsPlain(char character) => !char.IsControl(character) && character is not '\\' && !char.IsWhiteSpace(character);
}
