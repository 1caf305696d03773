using System.Net;
using System.Text.Json;

namespace EmbedStack.AppHost.Tests.Leak.Asking;

/// <summary>What a request was answered with.</summary>
internal sealed record Answer(HttpStatusCode Status, string Body)
{
    public bool IsOk => Status == HttpStatusCode.OK;

    /// <summary>The answers to the request's queries.</summary>
    public JsonElement[] Results
    {
        get
        {
            var result = JsonDocument.Parse(Body).RootElement.GetProperty("result");
            return result.ValueKind == JsonValueKind.Array ? [.. result.EnumerateArray()] : [result];
        }
    }

    /// <summary>Whether all of it comes from a cache; null where the answer does not say, as in a file.</summary>
    public bool? IsCached
    {
        get
        {
            var said = Body.StartsWith('{')
                ? Results.Select(result => result.TryGetProperty("is_cached", out var cached) ? cached.ValueKind : JsonValueKind.Undefined).ToArray()
                : [];
            return said.Length == 0 || said.Contains(JsonValueKind.Undefined) ? null : said.All(cached => cached == JsonValueKind.True);
        }
    }

    public override string ToString() => $"{(int)Status} {Body[..Math.Min(Body.Length, 600)]}";
}
