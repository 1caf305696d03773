using System.Security.Cryptography;

namespace EmbedStack.Rotation;

/// <summary>Makes values as the AppHost does: letters and digits, which need no escape anywhere.</summary>
internal static class NewValue
{
    private const int Length = 40;
    private const string Characters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    public static string Generate()
    {
        while (true)
        {
            var value = RandomNumberGenerator.GetString(Characters, Length);
            if (value.Any(char.IsAsciiLetterLower) && value.Any(char.IsAsciiLetterUpper) && value.Any(char.IsAsciiDigit))
            {
                return value;
            }
        }
    }
}
