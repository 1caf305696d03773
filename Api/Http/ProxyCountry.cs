namespace EmbedStack.Api.Http;

/// <summary>The caller's country, as a trusted proxy says.</summary>
internal sealed record ProxyCountry(string Code);
