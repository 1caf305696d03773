namespace Aspire.Hosting.Parameters;

internal static class ParameterConfiguration
{
    /// <summary>The configured value, else the default.</summary>
    internal static string Read(IConfiguration configuration, string name, ParameterDefault? fallback, string? key = null)
    {
        key ??= $"Parameters:{name}";
        return configuration[key]
            ?? configuration[key.Replace('-', '_')]
            ?? fallback?.GetDefaultValue()
            ?? throw new MissingParameterValueException($"Parameter resource could not be used because configuration key '{key}' is missing and the Parameter has no default value.");
    }
}
