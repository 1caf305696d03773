using System.Text.Json;
using EmbedStack.Api.GuestTokens;
using EmbedStack.Api.Http;
using EmbedStack.Api.Secrets;

namespace EmbedStack.Api.Edge.Exchange;

/// <summary>Signs browsers' tokens, and tells those apart that it has signed.</summary>
internal sealed class EdgeTokenSigner(SecretFile key, Origins origins, GuestTokenSettings settings, TimeProvider time)
{
    // The page renews its token when it ends: early enough that no request meets its end on the way.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    // Instances' clocks differ a little.
    private static readonly TimeSpan Clocks = TimeSpan.FromSeconds(30);
    private readonly string _audience = Origins.Text(origins.Embed);

    /// <summary>Another one once tokens are signed under another key.</summary>
    public string Generation => SigningSecret.GenerationOf(key);

    /// <summary>How much earlier the browser is told that its token ends than the edge stops to honour it.</summary>
    public TimeSpan Margin { get; } = settings.Lifetime / 5 < Longest ? settings.Lifetime / 5 : Longest;

    /// <returns>The token, and when it says that it ends.</returns>
    public (string Text, DateTimeOffset ExpiresAt) Sign(EdgeGrant grant, IReadOnlyList<Guid> dashboards)
    {
        var end = (grant.ExpiresAt - Margin).ToUnixTimeSeconds();
        var token = new EdgeToken(grant.Subject, _audience, grant.IssuedAt.ToUnixTimeSeconds(), end, grant.Id, dashboards);
        return (JsonWebSignature.Sign(token, key.Value.Current), DateTimeOffset.FromUnixTimeSeconds(end));
    }

    /// <returns>The id of a token that was signed here for this origin, or null where it is none, or long over.</returns>
    public Guid? Read(string text)
    {
        if (JsonWebSignature.Verify(text, key.Value.All) is not { } claims)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<EdgeToken>(claims) is { } token && token.Audience == _audience && !IsOver(token) ? token.Id : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Whoever keeps an old one must not have it looked up again and again. By what its life was when it was signed.
    private bool IsOver(EdgeToken token) => token.ExpiresAt + (Longest + Clocks).TotalSeconds < time.GetUtcNow().ToUnixTimeSeconds();
}
