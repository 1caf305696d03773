using System.Runtime.CompilerServices;

namespace Aspire.Hosting.ApplicationModel;

public partial class ReferenceExpressionBuilder
{
    /// <summary>Writes an interpolated string into a builder.</summary>
    [InterpolatedStringHandler]
    public ref struct ReferenceExpressionBuilderInterpolatedStringHandler
    {
        private readonly ReferenceExpressionBuilder _builder;

        /// <summary>Called by the compiler.</summary>
        /// <param name="literalLength">The length of the literal text.</param>
        /// <param name="formattedCount">The number of holes.</param>
        /// <param name="builder">The builder.</param>
        public ReferenceExpressionBuilderInterpolatedStringHandler(int literalLength, int formattedCount, ReferenceExpressionBuilder builder)
            => _builder = builder;

        /// <summary>Adds text.</summary>
        /// <param name="value">The text.</param>
        public readonly void AppendLiteral(string value) => _builder.AppendLiteral(value);

        /// <summary>Adds text.</summary>
        /// <param name="value">The text.</param>
        public readonly void AppendFormatted(string? value) => _builder.AppendFormatted(value);

        /// <summary>Adds text.</summary>
        /// <param name="value">The text.</param>
        /// <param name="format">How it is written.</param>
        public void AppendFormatted(string? value, string format) => _builder.AppendFormatted(value, format);

        /// <summary>Adds a value.</summary>
        /// <param name="valueProvider">The value.</param>
        /// <typeparam name="T">The value's type.</typeparam>
        public void AppendFormatted<T>(T valueProvider)
            where T : IValueProvider, IManifestExpressionProvider
            => _builder.AppendFormatted(valueProvider, null);

        /// <summary>Adds a value.</summary>
        /// <param name="valueProvider">The value.</param>
        /// <param name="format">How it is written.</param>
        /// <typeparam name="T">The value's type.</typeparam>
        public void AppendFormatted<T>(T valueProvider, string? format)
            where T : IValueProvider, IManifestExpressionProvider
            => _builder.AppendFormatted(valueProvider, format);

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
            => _builder.AppendFormatted(valueProvider.Resource, null);

        /// <summary>Adds a resource's value.</summary>
        /// <param name="valueProvider">The resource.</param>
        /// <param name="format">How it is written.</param>
        /// <typeparam name="T">The resource's type.</typeparam>
        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider, string? format)
            where T : IResource, IValueProvider, IManifestExpressionProvider
            => _builder.AppendFormatted(valueProvider.Resource, format);
    }
}
