namespace EmbedStack.Api.Alarms.Webhooks;

/// <summary>How long a receiver is waited for.</summary>
internal sealed record WebhookPatience
{
    public int Attempts { get; init; } = 6;

    public TimeSpan First { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan Answer { get; init; } = TimeSpan.FromSeconds(5);

    public static WebhookPatience From(IConfiguration configuration) =>
        configuration.GetSection("Alarms:WebhookPatience").Get<WebhookPatience>() ?? new WebhookPatience();

    /// <summary>Twice as long each time, and some of it by chance: instances must not come back all at once.</summary>
    public TimeSpan Pause(int attempt) => First * Math.Pow(2, attempt - 1) * (0.75 + (Random.Shared.NextDouble() / 2));
}
