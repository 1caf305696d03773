namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Which environment variables references set on the resource. Say it before <c>WithReference</c>.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="flags">Which.</param>
    /// <typeparam name="TDestination">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<TDestination> WithReferenceEnvironment<TDestination>(this IResourceBuilder<TDestination> builder, ReferenceEnvironmentInjectionFlags flags)
        where TDestination : IResourceWithEnvironment => builder.WithAnnotation(new ReferenceEnvironmentInjectionAnnotation(flags));

    /// <summary>Tells the resource how to connect to another.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="source">The other.</param>
    /// <param name="connectionName">The connection's name; by default the other's.</param>
    /// <param name="optional">Whether an empty connection string is accepted.</param>
    /// <typeparam name="TDestination">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithConnectionString> source, string? connectionName = null, bool optional = false)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(source);
        var resource = source.Resource;
        var name = connectionName ?? resource.Name;
        var flags = References.Flags(builder.Resource);
        return builder.WithReferenceRelationship(resource).WithEnvironment(context =>
        {
            if (flags.HasFlag(ReferenceEnvironmentInjectionFlags.ConnectionString))
            {
                var variable = resource.ConnectionStringEnvironmentVariable ?? $"ConnectionStrings__{name}";
                context.EnvironmentVariables[variable] = new ConnectionStringReference(resource, optional);
            }

            if (flags.HasFlag(ReferenceEnvironmentInjectionFlags.ConnectionProperties))
            {
                var prefix = name.Length == 0 ? "" : $"{EnvironmentVariableName.Encode(name).ToUpperInvariant()}_";
                var further = resource.Annotations.OfType<ConnectionPropertyAnnotation>().Select(p => KeyValuePair.Create(p.Name, p.Value));
                foreach (var (key, value) in resource.GetConnectionProperties().Concat(further))
                {
                    context.EnvironmentVariables[$"{prefix}{key.ToUpperInvariant()}"] = value;
                }
            }
        });
    }

    /// <summary>Tells the resource where another listens.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="source">The other.</param>
    /// <typeparam name="TDestination">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment => EndpointReferences.Apply(builder, source.Resource, endpointName: null, name: null);

    /// <summary>Tells the resource where another listens, under a name.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="source">The other.</param>
    /// <param name="name">The name instead of the other's.</param>
    /// <typeparam name="TDestination">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source, string name)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(name);
        return EndpointReferences.Apply(builder, source.Resource, endpointName: null, name);
    }

    /// <summary>Tells the resource where one endpoint of another is.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="endpointReference">The endpoint.</param>
    /// <typeparam name="TDestination">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, EndpointReference endpointReference)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(endpointReference);
        return EndpointReferences.Apply(builder, endpointReference.Resource, endpointReference.EndpointName, name: null);
    }

    /// <summary>Tells the resource where a service outside the application is.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The service's name.</param>
    /// <param name="uri">Its address, without query and fragment.</param>
    /// <typeparam name="TDestination">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    /// <exception cref="InvalidOperationException">The address is not such.</exception>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, string name, Uri uri)
        where TDestination : IResourceWithEnvironment
    {
        if (!uri.IsAbsoluteUri || uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            throw new InvalidOperationException($"The URI for service reference '{name}' of resource '{builder.Resource.Name}' must be absolute, without query and fragment.");
        }

        var flags = References.Flags(builder.Resource);
        if (flags.HasFlag(ReferenceEnvironmentInjectionFlags.ServiceDiscovery))
        {
            builder.WithEnvironment($"services__{name}__default__0", uri.ToString());
        }

        return flags.HasFlag(ReferenceEnvironmentInjectionFlags.Endpoints)
            ? builder.WithEnvironment(EnvironmentVariableName.Encode(name), uri.ToString())
            : builder;
    }

    /// <summary>One part of a resource's connection.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="key">The part, without regard to case.</param>
    /// <returns>The part, or the empty expression.</returns>
    public static ReferenceExpression GetConnectionProperty(this IResourceWithConnectionString resource, string key)
    {
        var found = resource.GetConnectionProperties().FirstOrDefault(p => string.Equals(p.Key, key, StringComparison.OrdinalIgnoreCase));
        return found.Value ?? ReferenceExpression.Empty;
    }

    /// <summary>Adds a part to a resource's connection.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The part.</param>
    /// <param name="value">Its value.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithConnectionProperty<T>(this IResourceBuilder<T> builder, string name, ReferenceExpression value)
        where T : IResourceWithConnectionString => builder.WithAnnotation(new ConnectionPropertyAnnotation(name, value));

    /// <summary>Adds a part to a resource's connection.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The part.</param>
    /// <param name="value">Its value.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithConnectionProperty<T>(this IResourceBuilder<T> builder, string name, string value)
        where T : IResourceWithConnectionString => builder.WithConnectionProperty(name, ReferenceExpression.Create($"{value}"));

    /// <summary>Lets another resource's connection string stand in for this one's.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="resource">The other.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithConnectionStringRedirection<T>(this IResourceBuilder<T> builder, IResourceWithConnectionString resource)
        where T : IResourceWithConnectionString
        => builder.WithAnnotation(new ConnectionStringRedirectAnnotation(resource), ResourceAnnotationMutationBehavior.Replace);
}
