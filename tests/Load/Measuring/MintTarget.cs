namespace EmbedStack.Load.Measuring;

/// <summary>Something that mints guest tokens when asked.</summary>
/// <param name="Name">What it is called in the report.</param>
/// <param name="Ask">Makes one request; asked for by all callers at once.</param>
/// <param name="Read">Takes the token out of the answer's text.</param>
/// <param name="EmbeddedId">The dashboard that the token must be for.</param>
internal sealed record MintTarget(string Name, Func<HttpRequestMessage> Ask, Func<string, string?> Read, string EmbeddedId);
