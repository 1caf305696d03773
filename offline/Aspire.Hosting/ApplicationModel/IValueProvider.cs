namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that may be known only after others have started.</summary>
public interface IValueProvider
{
    /// <summary>The value.</summary>
    /// <param name="cancellationToken">Ends the wait for it.</param>
    /// <returns>The value or null.</returns>
    ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default);

    /// <summary>The value as seen by a consumer.</summary>
    /// <param name="context">Who asks, and on which network.</param>
    /// <param name="cancellationToken">Ends the wait for it.</param>
    /// <returns>The value or null.</returns>
    ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken = default)
        => GetValueAsync(cancellationToken);
}

/// <summary>A value that can be written as an expression.</summary>
public interface IManifestExpressionProvider
{
    /// <summary>The expression.</summary>
    string ValueExpression { get; }
}

/// <summary>A value that can be resolved and written as an expression.</summary>
public interface IExpressionValue : IValueProvider, IManifestExpressionProvider;

/// <summary>A value made of others.</summary>
public interface IValueWithReferences
{
    /// <summary>What it is made of.</summary>
    IEnumerable<object> References { get; }
}
