namespace EmbedStack.Api.Identity;

/// <summary>Where a sign-in may lead back to: paths of the application's own pages.</summary>
internal static class ReturnUrl
{
    private const int MaximumLength = 1024;
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
        && value.All(character => char.IsAscii(character) && IsPlain(character))
        // Browsers read "//host" as another site, also when the slashes come encoded or through dots.
        && !Uri.UnescapeDataString(value).Contains("//", StringComparison.Ordinal)
        && Uri.UnescapeDataString(value).All(IsPlain)
        && Uri.TryCreate(new Uri("http://app.invalid"), value, out var resolved)
        && resolved.Host == "app.invalid"
        && !NotPages.Any(prefix => new PathString(resolved.AbsolutePath).StartsWithSegments(prefix));

    private static bool IsPlain(char character) => !char.IsControl(character) && character is not '\\' && !char.IsWhiteSpace(character);
}
