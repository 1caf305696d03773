using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace EmbedStack.AppHost.ModelTests.Realms;

/// <summary>A realm's password policy, as far as generated passwords can meet it or not.</summary>
internal sealed partial record PasswordPolicy(int Length, int MaximumLength, bool ForbidsNames)
{
    public static PasswordPolicy Of(JsonObject realm)
    {
        var rules = Rule().Matches((string?)realm["passwordPolicy"] ?? "").ToDictionary(rule => rule.Groups["name"].Value, rule => rule.Groups["value"].Value);
        Assert.Empty(rules.Keys.Except(["length", "maxLength", "notUsername", "notEmail"]));
        return new(
            rules.TryGetValue("length", out var shortest) ? int.Parse(shortest, CultureInfo.InvariantCulture) : 0,
            rules.TryGetValue("maxLength", out var longest) ? int.Parse(longest, CultureInfo.InvariantCulture) : 64,
            rules.ContainsKey("notUsername") && rules.ContainsKey("notEmail"));
    }

    public bool Allows(string password) => password.Length >= Length && password.Length <= MaximumLength;

    [GeneratedRegex(@"(?<name>[A-Za-z]+)\((?<value>[^)]*)\)")]
    private static partial Regex Rule();
}
