using System.Text.RegularExpressions;

namespace EmbedStack.Api.GuestTokens;

/// <summary>What the page asks for: one dashboard, or several at once. Nothing else in the body counts.</summary>
internal sealed partial record GuestTokenRequest(string? DashboardKey, IReadOnlyList<string?>? DashboardKeys)
{
    private const int Most = 20;

    /// <returns>The keys, each once, or null where the request is malformed.</returns>
    public IReadOnlyList<string>? Keys()
    {
        IReadOnlyList<string?>? keys = (DashboardKey, DashboardKeys) switch
        {
            ({ } key, null) => [key],
            (null, { Count: > 0 and <= Most } several) => several,
            _ => null,
        };
        return keys is not null && keys.All(key => key is not null && Key().IsMatch(key)) ? [.. keys.Distinct()!] : null;
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,63}\z")]
    private static partial Regex Key();
}
