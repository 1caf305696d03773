using System.Text.Json;
using System.Text.Json.Serialization;

namespace EmbedStack.Api.Alarms.Webhooks;

/// <summary>What a webhook is sent. Its members are part of the contract.</summary>
internal sealed record WebhookBody(
    Guid Id, string Alarm, DateTimeOffset At, string? Tenant, Guid? Person, string? Network, int Count, int? WindowSeconds,
    IReadOnlyList<string>? Dashboards, string? CorrelationId, string? Secret)
{
    public static byte[] Of(Alarm alarm) => JsonSerializer.SerializeToUtf8Bytes(
        new WebhookBody(
            alarm.Id, alarm.Kind, alarm.At, alarm.Tenant, alarm.Person, alarm.Network, alarm.Count, (int?)alarm.Window?.TotalSeconds,
            alarm.Dashboards, alarm.CorrelationId, alarm.Secret),
        WebhookBodyContext.Default.WebhookBody);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WebhookBody))]
internal sealed partial class WebhookBodyContext : JsonSerializerContext;
