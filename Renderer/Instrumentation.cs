namespace EmbedStack.Renderer;

/// <summary>The name under which the renderer's own spans and metrics appear.</summary>
internal static class Instrumentation
{
    public const string Name = "EmbedStack.Renderer";
}
