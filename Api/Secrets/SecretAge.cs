namespace EmbedStack.Api.Secrets;

/// <summary>Since when a secret has its value, and how long that is.</summary>
internal sealed record SecretAge(string Name, DateTimeOffset Since, TimeSpan Age);
