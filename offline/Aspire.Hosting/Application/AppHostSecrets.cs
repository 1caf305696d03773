using System.Security.Cryptography;

namespace Aspire.Hosting;

/// <summary>The keys by which dashboard, AppHost and resources know one another.</summary>
internal static class AppHostSecrets
{
    internal static void Ensure(ConfigurationManager configuration, UserSecrets secrets)
    {
        if (Flag(configuration, "ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS") ?? Flag(configuration, "DOTNET_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS") ?? false)
        {
            configuration["AppHost:ResourceService:AuthMode"] = "Unsecured";
            return;
        }

        Persist(configuration, secrets, "AppHost:OtlpApiKey");
        Persist(configuration, secrets, "AppHost:DashboardApiKey");
        configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["AppHost:BrowserToken"] = Given(configuration, "DASHBOARD_FRONTEND_BROWSERTOKEN") ?? Token(),
            ["AppHost:ResourceService:AuthMode"] = "ApiKey",
            ["AppHost:ResourceService:ApiKey"] = Given(configuration, "DASHBOARD_RESOURCESERVICE_APIKEY") ?? Token(),
        });
    }

    internal static string Token() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private static void Persist(ConfigurationManager configuration, UserSecrets secrets, string key)
    {
        if (!string.IsNullOrEmpty(configuration[key]))
        {
            return;
        }

        var value = Token();
        configuration.AddInMemoryCollection(new Dictionary<string, string?> { [key] = value });
        secrets.TrySet(key, value);
    }

    private static string? Given(ConfigurationManager configuration, string suffix)
        => configuration[$"ASPIRE_{suffix}"] is { Length: > 0 } current ? current
            : configuration[$"DOTNET_{suffix}"] is { Length: > 0 } earlier ? earlier : null;

    private static bool? Flag(ConfigurationManager configuration, string key)
        => bool.TryParse(configuration[key], out var value) ? value : configuration[key] == "1" ? true : null;
}
