namespace EmbedStack.Api.Edge.Warmup;

/// <summary>What a page asked of a dashboard before anybody chose anything on it: the same whoever looks.</summary>
internal sealed record WarmQuestion(string Dashboard, string Locale, byte[] Body);
