namespace EmbedStack.Api.Edge;

/// <summary>What Superset answered, whole and not compressed.</summary>
internal sealed record SupersetAnswer(int Status, string? ContentType, ReadOnlyMemory<byte> Body);
