using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EmbedStack.Api.GuestTokens;

/// <summary>Binds an assertion to its rules: SHA-256 over one line a rule, in the order of their bytes.</summary>
internal static class RulesDigest
{
    public static string Of(IEnumerable<RowRule> rules)
    {
        var lines = rules.Select(rule => string.Create(CultureInfo.InvariantCulture, $"{rule.DatasetId}\t{rule.Clause}\n"))
            .Order(StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines))));
    }
}
