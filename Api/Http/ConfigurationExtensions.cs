namespace EmbedStack.Api.Http;

internal static class ConfigurationExtensions
{
    /// <summary>Reads a value without which the Api must not start.</summary>
    public static T GetRequired<T>(this IConfiguration configuration, string key) =>
        configuration.GetValue<T?>(key) is { } value && value is not (0 or "")
            ? value
            : throw new InvalidOperationException($"{key.Replace(":", "__", StringComparison.Ordinal)} is not set.");
}
