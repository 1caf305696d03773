namespace Aspire.Hosting.ApplicationModel;

internal static class ExpressionText
{
    /// <summary>Doubles braces, leaving those alone that are doubled already (Aspire reads them as escaped).</summary>
    internal static string EscapeBraces(string text)
        => text.AsSpan().ContainsAny('{', '}')
            ? text.Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal)
                .Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal)
            : text;

    internal static string? Write(string? value, string? format) => format?.ToLowerInvariant() switch
    {
        null => value,
        "uri" => value is null ? null : Uri.EscapeDataString(value),
        _ => throw new FormatException($"The format '{format}' is not supported. Supported formats are: 'uri' (encodes a URI)"),
    };
}

internal sealed class ExpressionParts(int capacity)
{
    private readonly List<IValueProvider> _providers = new(capacity);
    private readonly List<string> _expressions = new(capacity);
    private readonly List<string?> _formats = new(capacity);

    internal string Add(IValueProvider provider, string expression, string? format)
    {
        _providers.Add(provider);
        _expressions.Add(expression);
        _formats.Add(format);
        return string.Create(CultureInfo.InvariantCulture, $"{{{_providers.Count - 1}}}");
    }

    internal ReferenceExpression ToExpression(string format) => new(format, [.. _providers], [.. _expressions], [.. _formats]);
}
