using System.Text.Json;
using System.Text.Json.Serialization;

namespace EmbedStack.Api.Audit;

/// <summary>From where somebody asked. Stored sealed.</summary>
internal sealed record AuditOrigin(
    [property: JsonPropertyName("address")] string? Address, [property: JsonPropertyName("user_agent")] string? UserAgent)
{
    public static AuditOrigin Of(AuditEvent entry) => new(entry.Address?.ToString(), entry.UserAgent);

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this);

    public static AuditOrigin? Read(byte[] bytes) => JsonSerializer.Deserialize<AuditOrigin>(bytes);
}
