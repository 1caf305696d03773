namespace EmbedStack.Api.Exports;

/// <summary>What the renderer is told.</summary>
internal sealed record RenderingOrder(
    string Tenant, Guid EmbeddedId, string Token, string Format, string? NativeFilters, string? Permalink, string? Language, RenderingBody.Look? Theme,
    string Title, string Subtitle)
{
    public override string ToString() => $"{EmbeddedId} as {Format}";
}
