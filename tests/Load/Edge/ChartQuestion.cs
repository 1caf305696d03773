namespace EmbedStack.Load.Edge;

/// <summary>What a page sends for one of its charts, as it was recorded from a browser.</summary>
internal sealed record ChartQuestion(string Name, string Target, byte[] Body);
