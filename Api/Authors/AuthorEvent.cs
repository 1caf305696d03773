using System.Text.Json.Serialization;

namespace EmbedStack.Api.Authors;

/// <summary>What Superset tells of a sign-in or sign-out, or of rows that it shows: the numbers of their datasets.</summary>
internal sealed record AuthorEvent(string Kind, string? Subject, string? Tenant, string? Refusal, IReadOnlyList<int>? Datasets = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AuthorEvent))]
internal sealed partial class AuthorEventContext : JsonSerializerContext;
