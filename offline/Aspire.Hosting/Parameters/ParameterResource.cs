namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value from configuration.</summary>
public class ParameterResource : Resource, IExpressionValue
{
    private readonly Lazy<string> _value;
    private string? _configurationKey;

    /// <summary>Makes a parameter.</summary>
    /// <param name="name">The resource's name.</param>
    /// <param name="callback">Gives the value, once; it gets the default.</param>
    /// <param name="secret">Whether the value is a secret.</param>
    public ParameterResource(string name, Func<ParameterDefault?, string> callback, bool secret = false)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Secret = secret;
        _value = new Lazy<string>(() => callback(Default));
    }

    /// <summary>The value where configuration has none.</summary>
    public ParameterDefault? Default { get; set; }

    /// <summary>Whether the value is a secret.</summary>
    public bool Secret { get; }

    /// <summary>Whether the value is a connection string.</summary>
    public bool IsConnectionString { get; set; }

    /// <summary>What the parameter is for.</summary>
    public string? Description { get; set; }

    /// <summary>Whether the description is Markdown.</summary>
    public bool EnableDescriptionMarkdown { get; set; }

    /// <inheritdoc />
    public string ValueExpression => $"{{{Name}.value}}";

    /// <summary>The value.</summary>
    [Obsolete("Use GetValueAsync for async access or pass the ParameterResource directly to methods that accept it (e.g., environment variables).")]
    public string Value => GetValueAsync(default).AsTask().GetAwaiter().GetResult()!;

    internal string ConfigurationKey
    {
        get => _configurationKey ?? (IsConnectionString ? $"ConnectionStrings:{Name}" : $"Parameters:{Name}");
        init => _configurationKey = value;
    }

    /// <summary>The value.</summary>
    /// <param name="cancellationToken">Not used.</param>
    /// <returns>The value.</returns>
    /// <exception cref="MissingParameterValueException">There is none.</exception>
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) => new(_value.Value);

    /// <summary>The value.</summary>
    /// <param name="_">Not used.</param>
    /// <param name="cancellationToken">Not used.</param>
    /// <returns>The value.</returns>
    /// <exception cref="MissingParameterValueException">There is none.</exception>
    public ValueTask<string?> GetValueAsync(ValueProviderContext _, CancellationToken cancellationToken) => GetValueAsync(cancellationToken);
}
