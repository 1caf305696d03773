using System.Security.Cryptography;

namespace Aspire.Hosting.Parameters;

/// <summary>Random texts of characters that are hard to mistake for one another.</summary>
internal static class RandomText
{
    private const string LowerCase = "abcdefghjkmnpqrstuvwxyz";
    private const string UpperCase = "ABCDEFGHJKMNPQRSTUVWXYZ";
    private const string Digits = "0123456789";
    private const string Others = "-_.{}~()*+!";

    internal static string Generate(GenerateParameterDefault rules)
    {
        (bool Used, int Least, string Characters)[] kinds =
        [
            (rules.Lower, rules.MinLower, LowerCase),
            (rules.Upper, rules.MinUpper, UpperCase),
            (rules.Numeric, rules.MinNumeric, Digits),
            (rules.Special, rules.MinSpecial, Others),
        ];
        if (kinds.Any(k => k.Least < 0 || (!k.Used && k.Least > 0)) || !kinds.Any(k => k.Used))
        {
            throw new ArgumentException("A kind of characters that is not used cannot have a least number, and one kind must be used.", nameof(rules));
        }

        var required = kinds.SelectMany(k => RandomNumberGenerator.GetItems<char>(k.Characters, k.Least));
        var all = string.Concat(kinds.Where(k => k.Used).Select(k => k.Characters));
        var more = Math.Max(0, rules.MinLength - kinds.Sum(k => k.Least));
        var text = required.Concat(RandomNumberGenerator.GetItems<char>(all, more)).ToArray();
        RandomNumberGenerator.Shuffle(text.AsSpan());
        return new string(text);
    }
}
