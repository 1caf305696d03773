namespace EmbedStack.Api.Edge.Cache;

/// <summary>What is kept of whom or what is to be forgotten.</summary>
/// <param name="Kind"><c>tenant</c>, <c>dataset</c>, <c>dashboard</c> or <c>all</c>.</param>
/// <param name="Value">Its key; <c>*</c> or nothing for all.</param>
internal sealed record DropRequest(string? Kind, string? Value);
