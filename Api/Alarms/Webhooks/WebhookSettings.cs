using EmbedStack.Api.Secrets;

namespace EmbedStack.Api.Alarms.Webhooks;

/// <summary>Where alarms are posted to, and what signs them.</summary>
internal sealed record WebhookSettings(Uri Address, SecretFile Secret)
{
    /// <summary>Reads <c>Alarms:Webhooks</c>: a list of <c>Url</c> and <c>SecretFile</c>.</summary>
    /// <exception cref="InvalidOperationException">An address that is not safe, or a secret that is missing: the Api must not start.</exception>
    public static IReadOnlyList<WebhookSettings> From(IConfiguration configuration) =>
        [.. configuration.GetSection("Alarms:Webhooks").GetChildren().Select(section => new WebhookSettings(
            ReadAddress(section), SecretFile.From(configuration, $"{section.Path}:SecretFile")))];

    public override string ToString() => Address.Host;

    private static Uri ReadAddress(IConfigurationSection section) =>
        Uri.TryCreate(section["Url"], UriKind.Absolute, out var address)
        && address.UserInfo.Length == 0
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            ? address
            : throw new InvalidOperationException($"{section.Path.Replace(":", "__", StringComparison.Ordinal)}__Url must be https, or http on this machine, without credentials.");
}
