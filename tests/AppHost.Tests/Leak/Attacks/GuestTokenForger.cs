using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Leak.Attacks;

/// <summary>Signs altered guest tokens with Superset's real secret: what somebody who stole that secret could do.</summary>
internal static class GuestTokenForger
{
    public static async Task<string> AlteredAsync(StackFixture stack, string token, Action<JsonObject> alter)
    {
        var payload = Payload(token);
        alter(payload);
        return Signed(payload, await stack.ParameterAsync("guest-token-secret"));
    }

    public static JsonObject Payload(string token) => JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]))!.AsObject();

    public static string Assertion(string token) => (string)Payload(token)["user"]!["last_name"]!;

    public static string Signed(JsonObject payload, string secret, string algorithm = "HS256")
    {
        var content = $"{Encode($$"""{"alg":"{{algorithm}}","typ":"JWT"}""")}.{Encode(payload.ToJsonString())}";
        return algorithm == "none" ? $"{content}." : $"{content}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(content)))}";
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
