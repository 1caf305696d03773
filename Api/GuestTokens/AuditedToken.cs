using System.Security.Cryptography;
using System.Text;
using EmbedStack.Api.Audit;

namespace EmbedStack.Api.GuestTokens;

/// <summary>What the audit keeps of a token: what it was made from and its SHA-256, never itself.</summary>
internal static class AuditedToken
{
    public static AuditEvent With(this AuditEvent about, GuestTokenGrant grant, GuestToken token) => about with
    {
        RuleDatasets = [.. grant.Rules.Select(rule => rule.Dataset)],
        RuleCount = grant.Rules.Count,
        TokenSha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token.Text))),
        TokenExpiresAt = token.ExpiresAt,
    };
}
