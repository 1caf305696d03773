using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A text with values in it that are resolved when it is used.</summary>
[DebuggerDisplay("ReferenceExpression = {ValueExpression}, Providers = {ValueProviders.Count}")]
public partial class ReferenceExpression : IExpressionValue, IValueWithReferences
{
    /// <summary>The empty expression.</summary>
    public static readonly ReferenceExpression Empty = new("", [], [], []);

    private readonly string? _conditionName;

    internal ReferenceExpression(string format, IReadOnlyList<IValueProvider> providers, IReadOnlyList<string> expressions, IReadOnlyList<string?> formats)
        => (Format, ValueProviders, ManifestExpressions, StringFormats) = (format, providers, expressions, formats);

    private ReferenceExpression(IValueProvider condition, string matchValue, ReferenceExpression whenTrue, ReferenceExpression whenFalse)
        : this("", [.. whenTrue.ValueProviders, .. whenFalse.ValueProviders], [], [])
    {
        (Condition, MatchValue, WhenTrue, WhenFalse) = (condition, matchValue, whenTrue, whenFalse);
        var expression = (condition as IManifestExpressionProvider)?.ValueExpression ?? condition.GetType().Name;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{expression}\n{matchValue}\n{whenTrue.ValueExpression}\n{whenFalse.ValueExpression}"));
        _conditionName = $"cond-{Convert.ToHexStringLower(hash)[..8]}";
    }

    /// <summary>The text as a composite format.</summary>
    public string Format { get; }

    /// <summary>The values in it.</summary>
    public IReadOnlyList<IValueProvider> ValueProviders { get; }

    /// <summary>The values' expressions.</summary>
    public IReadOnlyList<string> ManifestExpressions { get; }

    /// <summary>How each value is written: <c>uri</c> percent-encodes it; null leaves it.</summary>
    public IReadOnlyList<string?> StringFormats { get; }

    /// <summary>What decides between two expressions, or null.</summary>
    public IValueProvider? Condition { get; }

    /// <summary>Whether this is a choice between two expressions.</summary>
    public bool IsConditional => Condition is not null;

    /// <summary>The value of the condition for which <see cref="WhenTrue"/> holds.</summary>
    public string? MatchValue { get; }

    /// <summary>The expression where the condition has <see cref="MatchValue"/>.</summary>
    public ReferenceExpression? WhenTrue { get; }

    /// <summary>The expression otherwise.</summary>
    public ReferenceExpression? WhenFalse { get; }

    /// <inheritdoc />
    public string ValueExpression => IsConditional
        ? $"{{{_conditionName}.connectionString}}"
        : string.Format(CultureInfo.InvariantCulture, Format, [.. ManifestExpressions]);

    IEnumerable<object> IValueWithReferences.References => IsConditional
        ? [Condition!, .. (Condition as IValueWithReferences)?.References ?? [], .. ((IValueWithReferences)WhenTrue!).References, .. ((IValueWithReferences)WhenFalse!).References]
        : ValueProviders;

    /// <summary>Makes an expression of an interpolated string.</summary>
    /// <param name="handler">The interpolated string.</param>
    /// <returns>The expression.</returns>
    public static ReferenceExpression Create(in ExpressionInterpolatedStringHandler handler) => handler.ToExpression();

    /// <summary>Makes a choice between two expressions, decided when it is resolved.</summary>
    /// <param name="condition">What decides.</param>
    /// <param name="matchValue">The value, without regard to case, for which the first holds.</param>
    /// <param name="whenTrue">The first.</param>
    /// <param name="whenFalse">The second.</param>
    /// <returns>The expression.</returns>
    public static ReferenceExpression CreateConditional(IValueProvider condition, string matchValue, ReferenceExpression whenTrue, ReferenceExpression whenFalse)
    {
        ArgumentNullException.ThrowIfNull(condition);
        ArgumentException.ThrowIfNullOrEmpty(matchValue);
        ArgumentNullException.ThrowIfNull(whenTrue);
        ArgumentNullException.ThrowIfNull(whenFalse);
        return new(condition, matchValue, whenTrue, whenFalse);
    }

    /// <summary>The text as this process sees it.</summary>
    /// <param name="cancellationToken">Ends the wait for values.</param>
    /// <returns>The text; null for an empty expression.</returns>
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) => GetValueAsync(new ValueProviderContext(), cancellationToken);

    /// <summary>The text as the consumer sees it.</summary>
    /// <param name="context">The consumer.</param>
    /// <param name="cancellationToken">Ends the wait for values.</param>
    /// <returns>The text; null for an empty expression.</returns>
    public async ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken)
    {
        if (IsConditional)
        {
            var value = await Condition!.GetValueAsync(context, cancellationToken).ConfigureAwait(false);
            return await Choose(value).GetValueAsync(context, cancellationToken).ConfigureAwait(false);
        }

        var values = new string?[ValueProviders.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = await ValueProviders[i].GetValueAsync(context, cancellationToken).ConfigureAwait(false);
        }

        return Compose(values);
    }

    internal ReferenceExpression Choose(string? value)
        => string.Equals(value, MatchValue, StringComparison.OrdinalIgnoreCase) ? WhenTrue! : WhenFalse!;

    internal string? Compose(string?[] values)
    {
        if (Format.Length == 0)
        {
            return null;
        }

        var written = values.Select((value, i) => ExpressionText.Write(value, StringFormats[i])).ToArray<object?>();
        return string.Format(CultureInfo.InvariantCulture, Format, written);
    }
}
