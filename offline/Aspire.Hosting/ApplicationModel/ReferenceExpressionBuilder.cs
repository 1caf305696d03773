using System.Runtime.CompilerServices;
using System.Text;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Builds an expression piece by piece.</summary>
public partial class ReferenceExpressionBuilder
{
    private readonly StringBuilder _format = new();
    private readonly ExpressionParts _parts = new(4);

    /// <summary>Whether nothing has been added.</summary>
    public bool IsEmpty => _format.Length == 0;

    /// <summary>Adds an interpolated string.</summary>
    /// <param name="handler">The interpolated string.</param>
    public void Append([InterpolatedStringHandlerArgument("")] in ReferenceExpressionBuilderInterpolatedStringHandler handler)
    {
        // The handler has written into this builder already.
    }

    /// <summary>Adds text, in composite format.</summary>
    /// <param name="value">The text.</param>
    public void AppendLiteral(string value) => _format.Append(value);

    /// <summary>Adds text.</summary>
    /// <param name="value">The text.</param>
    public void AppendFormatted(string? value) => _format.Append(value);

    /// <summary>Adds text.</summary>
    /// <param name="value">The text.</param>
    /// <param name="format">How it is written.</param>
    public void AppendFormatted(string? value, string? format = null) => _format.Append(ExpressionText.Write(value, format));

    /// <summary>Adds a value.</summary>
    /// <param name="valueProvider">The value.</param>
    /// <typeparam name="T">The value's type.</typeparam>
    public void AppendFormatted<T>(T valueProvider)
        where T : IValueProvider, IManifestExpressionProvider
        => AppendFormatted(valueProvider, format: null);

    /// <summary>Adds a value.</summary>
    /// <param name="valueProvider">The value.</param>
    /// <param name="format">How it is written.</param>
    /// <typeparam name="T">The value's type.</typeparam>
    public void AppendFormatted<T>(T valueProvider, string? format)
        where T : IValueProvider, IManifestExpressionProvider
        => _format.Append(_parts.Add(valueProvider, valueProvider.ValueExpression, format));

    /// <summary>Refused: write the parts of the inner expression instead.</summary>
    /// <param name="valueProvider">The inner expression.</param>
    /// <param name="format">How it is written.</param>
    [Obsolete("ReferenceExpression instances can't be used in interpolated string with a custom format. Duplicate the inner expression in-place.", true)]
    public void AppendFormatted(ReferenceExpression valueProvider, string format) => throw new InvalidOperationException();

    /// <summary>Adds a value whose type is not known when compiled.</summary>
    /// <param name="valueProvider">The value, or the builder of a resource that is one.</param>
    /// <param name="format">How it is written.</param>
    /// <exception cref="ArgumentException">It is not a value.</exception>
    public void AppendValueProvider(object valueProvider, string? format = null)
    {
        var value = (valueProvider as IResourceBuilder<IResource>)?.Resource ?? valueProvider;
        if (value is not (IValueProvider and IManifestExpressionProvider))
        {
            throw new ArgumentException("The object must be a value provider with a manifest expression.", nameof(valueProvider));
        }

        _format.Append(_parts.Add((IValueProvider)value, ((IManifestExpressionProvider)value).ValueExpression, format));
    }

    /// <summary>Ends.</summary>
    /// <returns>The expression.</returns>
    public ReferenceExpression Build() => _parts.ToExpression(_format.ToString());
}
