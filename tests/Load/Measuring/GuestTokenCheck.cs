using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Text.Json;

namespace EmbedStack.Load.Measuring;

/// <summary>Whether an answer is a guest token of its own, for the right dashboard, that lives.</summary>
internal sealed class GuestTokenCheck(string embeddedId)
{
    private readonly ConcurrentDictionary<string, bool> _seen = [];

    /// <summary>What is wrong with a token, or nothing.</summary>
    public string? Find(string? token)
    {
        if (token?.Split('.') is not [_, var payload, var signature] || !_seen.TryAdd(signature, true))
        {
            return token is null ? "no token" : "a token that was answered before, or none";
        }

        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(payload));
        var root = claims.RootElement;
        var isFor = root.GetProperty("resources").EnumerateArray().Select(resource => resource.GetProperty("id").GetString());
        return !isFor.SequenceEqual([embeddedId]) ? "a token for something else"
            : root.GetProperty("exp").GetDouble() <= DateTimeOffset.UtcNow.ToUnixTimeSeconds() ? "a token that has run out"
            : null;
    }
}
