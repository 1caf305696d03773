using System.Runtime.CompilerServices;
using System.Text;

namespace Aspire.Hosting.ApplicationModel;

public partial class ReferenceExpression
{
    /// <summary>Turns an interpolated string into an expression.</summary>
    [InterpolatedStringHandler]
    public ref struct ExpressionInterpolatedStringHandler
    {
        private readonly StringBuilder _format;
        private readonly ExpressionParts _parts;

        /// <summary>Called by the compiler.</summary>
        /// <param name="literalLength">The length of the literal text.</param>
        /// <param name="formattedCount">The number of holes.</param>
        public ExpressionInterpolatedStringHandler(int literalLength, int formattedCount)
            => (_format, _parts) = (new StringBuilder(literalLength), new ExpressionParts(formattedCount));

        /// <summary>Adds text.</summary>
        /// <param name="value">The text.</param>
        public readonly void AppendLiteral(string value) => _format.Append(ExpressionText.EscapeBraces(value));

        /// <summary>Adds text.</summary>
        /// <param name="value">The text.</param>
        public readonly void AppendFormatted(string? value) => AppendFormatted(value, format: null);

        /// <summary>Adds text.</summary>
        /// <param name="value">The text.</param>
        /// <param name="format">How it is written.</param>
        public readonly void AppendFormatted(string? value, string? format = null)
            => _format.Append(ExpressionText.EscapeBraces(ExpressionText.Write(value, format) ?? ""));

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
        public void AppendFormatted<T>(T valueProvider, string? format = null)
            where T : IValueProvider, IManifestExpressionProvider
            => _format.Append(_parts.Add(valueProvider, valueProvider.ValueExpression, format));

        /// <summary>Refused: write the parts of the inner expression instead.</summary>
        /// <param name="valueProvider">The inner expression.</param>
        /// <param name="format">How it is written.</param>
        [Obsolete("ReferenceExpression instances can't be used in interpolated string with a custom format. Duplicate the inner expression in-place.", true)]
        public void AppendFormatted(ReferenceExpression valueProvider, string format) => throw new InvalidOperationException();

        /// <summary>Adds a resource's value.</summary>
        /// <param name="valueProvider">The resource.</param>
        /// <typeparam name="T">The resource's type.</typeparam>
        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider)
            where T : IResource, IValueProvider, IManifestExpressionProvider
            => AppendFormatted(valueProvider, format: null);

        /// <summary>Adds a resource's value.</summary>
        /// <param name="valueProvider">The resource.</param>
        /// <param name="format">How it is written.</param>
        /// <typeparam name="T">The resource's type.</typeparam>
        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider, string? format = null)
            where T : IResource, IValueProvider, IManifestExpressionProvider
            => AppendFormatted(valueProvider.Resource, format);

        internal readonly ReferenceExpression ToExpression() => _parts.ToExpression(_format.ToString());
    }
}
