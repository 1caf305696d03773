using System.Text.Json.Serialization;

namespace EmbedStack.Api.Authors;

/// <summary>What Superset tells of a sign-in or sign-out.</summary>
internal sealed record AuthorEvent(string Kind, string? Subject, string? Tenant, string? Refusal);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AuthorEvent))]
internal sealed partial class AuthorEventContext : JsonSerializerContext;
