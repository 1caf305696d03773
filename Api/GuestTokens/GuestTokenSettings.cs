using EmbedStack.Api.Http;

namespace EmbedStack.Api.GuestTokens;

/// <summary>How guest tokens are made.</summary>
/// <param name="IsSigned">Whether the Api signs them itself; else it has Superset make them.</param>
/// <param name="Lifetime">How long a token holds. Superset must be configured alike: tokens of the handshake are its own.</param>
/// <param name="Audience">For whom a token is made.</param>
/// <param name="Reuse">Whether a token is handed out again while at least half its life is left.</param>
internal sealed record GuestTokenSettings(bool IsSigned, TimeSpan Lifetime, string Audience, bool Reuse)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <exception cref="InvalidOperationException">A setting is missing or out of bounds.</exception>
    public static GuestTokenSettings From(IConfiguration configuration)
    {
        var issuer = configuration["GuestTokens:Issuer"] ?? "handshake";
        var lifetime = configuration.GetValue("GuestTokens:Lifetime", TimeSpan.FromMinutes(5));
        return new(
            issuer switch
            {
                "handshake" => false,
                "signed" => true,
                _ => throw new InvalidOperationException("GuestTokens__Issuer must be handshake or signed."),
            },
            lifetime >= Shortest && lifetime <= Longest
                ? lifetime
                : throw new InvalidOperationException("GuestTokens__Lifetime must be between 00:01:00 and 00:15:00."),
            configuration.GetRequired<string>("GUEST_TOKEN_JWT_AUDIENCE"),
            configuration.GetValue("GuestTokens:Reuse", true));
    }
}
