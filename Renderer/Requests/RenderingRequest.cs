using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace EmbedStack.Renderer.Requests;

/// <summary>What the Api asks for: a dashboard in a state, as the person whose token it is.</summary>
/// <param name="Tenant">Whose turn it takes: a key that says no more.</param>
/// <param name="EmbeddedId">The dashboard, as the embed origin names it.</param>
/// <param name="Token">The person's guest token. It is handed to the framed page by a message, and kept nowhere.</param>
/// <param name="Format"><c>pdf</c> or <c>png</c>.</param>
/// <param name="NativeFilters">Superset's parameter of that name.</param>
/// <param name="Permalink">The key of a permalink at the embed origin.</param>
/// <param name="Language">Two letters.</param>
/// <param name="Theme">How it looks; null: as Superset has it.</param>
/// <param name="Title">What stands above the dashboard, and in the document's properties.</param>
/// <param name="Subtitle">A line under it.</param>
internal sealed partial record RenderingRequest(
    string? Tenant, Guid EmbeddedId, string? Token, string? Format, string? NativeFilters, string? Permalink, string? Language, RenderingTheme? Theme,
    string? Title, string? Subtitle)
{
    private const int LargestBody = 64 * 1024;
    private const int LongestTenant = 100;
    private const int LongestToken = 16 * 1024;
    private const int LongestFilters = 7_900; // they travel in an address
    private const int LongestTitle = 1000; // Superset lets one have 500 characters, some of which are two here

    public static void Limit(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        options.Limits.MaxRequestBodySize = LargestBody;
        options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
    }

    /// <summary>Whether a rendering can begin with it.</summary>
    public bool IsValid =>
        Tenant is { Length: > 0 and <= LongestTenant }
        && EmbeddedId != Guid.Empty
        && Token is { Length: > 0 and <= LongestToken }
        && Format is Formats.Pdf or Formats.Png
        && NativeFilters is null or { Length: > 0 and <= LongestFilters }
        && (Permalink is null || PermalinkKey().IsMatch(Permalink))
        && (Language is null || TwoLetters().IsMatch(Language))
        && (Theme is null || Theme.IsValid)
        && Title is null or { Length: <= LongestTitle }
        && Subtitle is null or { Length: <= LongestTitle };

    /// <summary>Never the token.</summary>
    public override string ToString() => $"{EmbeddedId} as {Format}";

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{22}\z")]
    private static partial Regex PermalinkKey();

    [GeneratedRegex(@"\A[a-z]{2}\z")]
    private static partial Regex TwoLetters();
}
