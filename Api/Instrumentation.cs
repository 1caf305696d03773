namespace EmbedStack.Api;

/// <summary>The name under which the Api's own spans and metrics appear.</summary>
internal static class Instrumentation
{
    public const string Name = "EmbedStack.Api";
}
