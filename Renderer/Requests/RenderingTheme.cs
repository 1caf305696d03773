using System.Text.Json;

namespace EmbedStack.Renderer.Requests;

/// <summary>How a dashboard looks.</summary>
/// <param name="Mode"><c>light</c> or <c>dark</c>.</param>
/// <param name="Tokens">Ant Design tokens, as the page's own theme has them. The Api has checked what they may hold.</param>
internal sealed record RenderingTheme(string? Mode, IReadOnlyDictionary<string, JsonElement>? Tokens)
{
    private const int Most = 32;

    public bool IsValid => Mode is "light" or "dark" && (Tokens is null || Tokens.Count <= Most);
}
