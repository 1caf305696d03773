using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace EmbedStack.AppHost.Embedding;

/// <summary>
/// How guest tokens are made, and how long they hold: <c>EmbedStack:GuestTokens</c>. What browsers get:
/// <c>EmbedStack:Edge:Tokens</c>.
/// </summary>
internal static class GuestTokenPolicy
{
    private const string Section = "EmbedStack:GuestTokens";
    private const string EdgeSection = "EmbedStack:Edge";

    /// <summary>Gives the Api its way to make guest tokens, <c>handshake</c> or <c>signed</c>, and their life in minutes.</summary>
    public static IResourceBuilder<ProjectResource> WithGuestTokens(this IResourceBuilder<ProjectResource> api)
    {
        var section = api.ApplicationBuilder.Configuration.GetSection(Section);
        var issuer = section["Issuer"] switch
        {
            null or "" => "handshake",
            "handshake" or "signed" => section["Issuer"]!,
            var other => throw StartRefusal.Because($"{Section}:Issuer is '{other}'; set it to handshake or signed"),
        };
        return api
            .WithEnvironment("Edge__Tokens", BrowsersTokens(api.ApplicationBuilder.Configuration.GetSection(EdgeSection)))
            .WithEnvironment("GuestTokens__Issuer", issuer)
            .WithEnvironment("GuestTokens__Lifetime", TimeSpan.FromMinutes(Minutes(section)).ToString("c", CultureInfo.InvariantCulture));
    }

    /// <summary>Tells Superset how long the tokens hold that it makes for the Api.</summary>
    public static IResourceBuilder<T> WithGuestTokenLifetime<T>(this IResourceBuilder<T> superset)
        where T : ISupersetResource =>
        superset.WithEnvironment(
            "GUEST_TOKEN_JWT_EXP_SECONDS",
            (Minutes(superset.ApplicationBuilder.Configuration.GetSection(Section)) * 60).ToString(CultureInfo.InvariantCulture));

    private static string BrowsersTokens(IConfigurationSection section) => section["Tokens"] switch
    {
        null or "" => "exchange",
        "exchange" or "direct" => section["Tokens"]!,
        var other => throw StartRefusal.Because($"{EdgeSection}:Tokens is '{other}'; set it to exchange or direct"),
    };

    private static int Minutes(IConfigurationSection section) => section["Minutes"] switch
    {
        null or "" => 5,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) && minutes is >= 1 and <= 15 => minutes,
        var text => throw StartRefusal.Because($"{Section}:Minutes is '{text}'; set it to 1 to 15"),
    };
}
