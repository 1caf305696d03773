namespace Aspire.Hosting;

internal static class EnvironmentVariableName
{
    /// <summary>A name with every character but letters, digits and underscores replaced.</summary>
    internal static string Encode(string name)
    {
        if (name.Length == 0)
        {
            return "_";
        }

        var encoded = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c == '_' ? c : '_'));
        return char.IsAsciiDigit(encoded[0]) ? $"_{encoded}" : encoded;
    }
}
