using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Isolation;

/// <summary>Signs altered guest tokens with Superset's real secret: what somebody who stole that secret could do.</summary>
internal static class GuestTokenForger
{
    public static Task<string> WithRuleAsync(StackFixture stack, string token, string clause) =>
        AlteredAsync(stack, token, payload => payload["rls_rules"]![0]!["clause"] = clause);

    public static Task<string> WithoutAssertionAsync(StackFixture stack, string token) =>
        AlteredAsync(stack, token, payload => payload["user"]!["last_name"] = "Guest");

    private static async Task<string> AlteredAsync(StackFixture stack, string token, Action<JsonNode> alter)
    {
        var parts = token.Split('.');
        var payload = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!;
        alter(payload);
        var signed = $"{parts[0]}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload.ToJsonString()))}";
        var secret = Encoding.UTF8.GetBytes(await stack.ParameterAsync("guest-token-secret"));
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(signed)))}";
    }
}
