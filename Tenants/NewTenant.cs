using System.Globalization;
using System.Net.Mail;
using System.Text;
using System.Text.RegularExpressions;
using EmbedStack.ClinicData;
using EmbedStack.ServiceDefaults.Jobs;

namespace EmbedStack.Tenants;

/// <summary>A clinic that is to be there.</summary>
/// <param name="Record">Its key, name and isolation.</param>
/// <param name="AdministratorEmail">Where its first administrator is reached; also their user name.</param>
internal sealed partial record NewTenant(Tenant Record, string AdministratorEmail)
{
    private const int LongestKey = 56;
    private const int LongestName = 200;

    /// <exception cref="JobException">Something of it cannot be.</exception>
    public static NewTenant From(Arguments arguments)
    {
        var name = arguments.Required("name").Trim();
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl))
        {
            throw new JobException($"a tenant's name has 1 to {LongestName} characters in one line");
        }

        var key = arguments.Value("key") ?? KeyOf(name);
        if (!TenantKey.IsAllowed(key))
        {
            throw new JobException($"'{key}' is no key for a tenant: {TenantKey.Rule}. Next: add --key");
        }

        var email = arguments.Value("admin-email") ?? $"admin@{key.Replace('_', '-').ToLowerInvariant()}.example";
        return MailAddress.TryCreate(email, out var address) && address.Address == email
            ? new NewTenant(new Tenant { Key = key, Name = name, Kind = "clinic", Isolation = arguments.Value("isolation") ?? "shared" }, email)
            : throw new JobException($"'{email}' is no e-mail address");
    }

    /// <summary>Letters and digits of the name, the rest as single dashes.</summary>
    public static string KeyOf(string name)
    {
        var letters = name.Normalize(NormalizationForm.FormD)
            .Where(letter => CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark && letter is not ('\'' or '’'));
        var key = Others().Replace(string.Concat(letters).ToLowerInvariant(), "-").Trim('-');
        return key[..Math.Min(key.Length, LongestKey)].TrimEnd('-');
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Others();
}
