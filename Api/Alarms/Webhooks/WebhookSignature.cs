using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EmbedStack.Api.Alarms.Webhooks;

/// <summary>
/// HMAC-SHA256 over the time and the body, in the form <c>t=UNIX-SECONDS,v1=HEX</c>: a receiver refuses what is old, and
/// checks either of two secrets while one is rotated.
/// </summary>
internal static class WebhookSignature
{
    public const string Header = "X-EmbedStack-Signature";

    public static string Of(byte[] body, string secret, DateTimeOffset at)
    {
        var time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes($"{time}."), .. body];
        return $"t={time},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed))}";
    }
}
