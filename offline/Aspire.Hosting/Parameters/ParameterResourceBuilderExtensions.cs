using Aspire.Hosting.Parameters;

namespace Aspire.Hosting;

/// <summary>Adds parameters.</summary>
public static class ParameterResourceBuilderExtensions
{
    /// <summary>Adds a parameter, configured as <c>Parameters:name</c>.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="secret">Whether the value is a secret.</param>
    /// <returns>The parameter.</returns>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, [ResourceName] string name, bool secret = false)
        => Add(builder, CreateParameter(builder, name, secret));

    /// <summary>Adds a parameter with a given value.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="value">The value.</param>
    /// <param name="publishValueAsDefault">Whether the value is published as the default.</param>
    /// <param name="secret">Whether the value is a secret.</param>
    /// <returns>The parameter.</returns>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, [ResourceName] string name, string value, bool publishValueAsDefault = false, bool secret = false)
        => builder.AddParameter(name, () => value, publishValueAsDefault, secret);

    /// <summary>Adds a parameter with a given value.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="valueGetter">Gives the value.</param>
    /// <param name="publishValueAsDefault">Whether the value is published as the default.</param>
    /// <param name="secret">Whether the value is a secret.</param>
    /// <returns>The parameter.</returns>
    /// <exception cref="ArgumentException">A secret is not published as a default.</exception>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, string name, Func<string> valueGetter, bool publishValueAsDefault = false, bool secret = false)
        => publishValueAsDefault && secret
            ? throw new ArgumentException("A parameter cannot be both secret and published as a default value.", nameof(secret))
            : Add(builder, new ParameterResource(name, given => given?.GetDefaultValue() ?? valueGetter(), secret)
            {
                Default = publishValueAsDefault ? new GivenParameterDefault(valueGetter) : null,
            });

    /// <summary>Adds a parameter with a default, for example a generated one.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="value">The default.</param>
    /// <param name="secret">Whether the value is a secret.</param>
    /// <param name="persist">Whether the default is kept in user secrets.</param>
    /// <returns>The parameter.</returns>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, [ResourceName] string name, ParameterDefault value, bool secret = false, bool persist = false)
    {
        ArgumentNullException.ThrowIfNull(value);
        var kept = persist && builder.ExecutionContext.IsRunMode ? new UserSecretsParameterDefault(name, value, UserSecrets.Of(builder)) : value;
        return Add(builder, new ParameterResource(name, _ => ParameterConfiguration.Read(builder.Configuration, name, kept), secret) { Default = kept });
    }

    /// <summary>Adds a parameter with a configuration key of its own.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="configurationKey">The key.</param>
    /// <param name="secret">Whether the value is a secret.</param>
    /// <returns>The parameter.</returns>
    public static IResourceBuilder<ParameterResource> AddParameterFromConfiguration(this IDistributedApplicationBuilder builder, [ResourceName] string name, string configurationKey, bool secret = false)
        => Add(builder, new ParameterResource(name, given => ParameterConfiguration.Read(builder.Configuration, name, given, configurationKey), secret)
        {
            ConfigurationKey = configurationKey,
        });

    /// <summary>Says what the parameter is for.</summary>
    /// <param name="builder">The parameter.</param>
    /// <param name="description">What for.</param>
    /// <param name="enableMarkdown">Whether the description is Markdown.</param>
    /// <returns>The parameter.</returns>
    public static IResourceBuilder<ParameterResource> WithDescription(this IResourceBuilder<ParameterResource> builder, string description, bool enableMarkdown = false)
    {
        builder.Resource.Description = description;
        builder.Resource.EnableDescriptionMarkdown = enableMarkdown;
        return builder;
    }

    /// <summary>Adds a connection string from configuration.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name, which is the connection string's.</param>
    /// <param name="environmentVariableName">The environment variable for consumers; by default <c>ConnectionStrings__name</c>.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionString(this IDistributedApplicationBuilder builder, [ResourceName] string name, string? environmentVariableName = null)
        => Add(builder, new ConnectionStringParameterResource(
            name,
            _ => builder.Configuration.GetConnectionString(name)
                ?? throw new MissingParameterValueException($"Connection string parameter resource could not be used because connection string '{name}' is missing."),
            environmentVariableName));

    /// <summary>Makes a password that is generated and kept in user secrets, without adding it.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The parameter's name.</param>
    /// <param name="lower">Whether lower case letters are used.</param>
    /// <param name="upper">Whether upper case letters are used.</param>
    /// <param name="numeric">Whether digits are used.</param>
    /// <param name="special">Whether other characters are used.</param>
    /// <param name="minLower">The least number of lower case letters.</param>
    /// <param name="minUpper">The least number of upper case letters.</param>
    /// <param name="minNumeric">The least number of digits.</param>
    /// <param name="minSpecial">The least number of other characters.</param>
    /// <returns>The parameter.</returns>
    public static ParameterResource CreateDefaultPasswordParameter(IDistributedApplicationBuilder builder, string name, bool lower = true, bool upper = true, bool numeric = true, bool special = true, int minLower = 0, int minUpper = 0, int minNumeric = 0, int minSpecial = 0)
        => CreateGeneratedParameter(builder, name, secret: true, new GenerateParameterDefault
        {
            MinLength = 22, // 128 bits of the 67 characters there are
            Lower = lower,
            Upper = upper,
            Numeric = numeric,
            Special = special,
            MinLower = minLower,
            MinUpper = minUpper,
            MinNumeric = minNumeric,
            MinSpecial = minSpecial,
        });

    /// <summary>Makes a parameter that is generated and kept in user secrets, without adding it.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The parameter's name.</param>
    /// <param name="secret">Whether the value is a secret.</param>
    /// <param name="parameterDefault">How it is generated.</param>
    /// <returns>The parameter.</returns>
    public static ParameterResource CreateGeneratedParameter(IDistributedApplicationBuilder builder, string name, bool secret, GenerateParameterDefault parameterDefault)
    {
        var parameter = CreateParameter(builder, name, secret);
        parameter.Default = builder.ExecutionContext.IsRunMode
            ? new UserSecretsParameterDefault(name, parameterDefault, UserSecrets.Of(builder))
            : parameterDefault;
        return parameter;
    }

    /// <summary>Makes a parameter without adding it.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The parameter's name.</param>
    /// <param name="secret">Whether the value is a secret.</param>
    /// <returns>The parameter.</returns>
    public static ParameterResource CreateParameter(IDistributedApplicationBuilder builder, string name, bool secret)
        => new(name, given => ParameterConfiguration.Read(builder.Configuration, name, given), secret);

    private static IResourceBuilder<T> Add<T>(IDistributedApplicationBuilder builder, T parameter)
        where T : ParameterResource
        => builder.AddResource(parameter).WithInitialState(new CustomResourceSnapshot
        {
            ResourceType = ResourceTypes.Parameter,
            Properties = [new(CustomResourceKnownProperties.Source, parameter.ConfigurationKey)],
            State = KnownResourceStates.Waiting,
        });
}
