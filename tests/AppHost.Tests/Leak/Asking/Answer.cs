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

    public override string ToString() => $"{(int)Status} {Body[..Math.Min(Body.Length, 600)]}";
}
