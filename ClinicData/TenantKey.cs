using System.Text.RegularExpressions;

namespace EmbedStack.ClinicData;

/// <summary>What a tenant may be called in claims, file and database names.</summary>
internal static partial class TenantKey
{
    public const string Rule = "key must be 1 to 56 letters, digits, '-' or '_', and neither load nor template";

    // clinic_load and clinic_template are names of EmbedStack's own.
    private static readonly string[] Reserved = ["load", "template"];

    public static bool IsAllowed(string key) =>
        Pattern().IsMatch(key) && !Reserved.Contains(key, StringComparer.OrdinalIgnoreCase);

    // Eight characters short of what a claim may hold: staff ids are made of the key.
    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,56}\z")]
    private static partial Regex Pattern();
}
