namespace Aspire.Hosting;

/// <summary>Configures resources.</summary>
public static partial class ResourceBuilderExtensions
{
    /// <summary>Sets an environment variable.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The variable.</param>
    /// <param name="value">Its value; null is the empty text.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, string? value)
        where T : IResourceWithEnvironment => builder.SetEnvironment(name, value ?? "");

    /// <summary>Sets an environment variable to an interpolated string that is resolved when the resource starts.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The variable.</param>
    /// <param name="value">Its value.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, in ReferenceExpression.ExpressionInterpolatedStringHandler value)
        where T : IResourceWithEnvironment => builder.WithEnvironment(name, value.ToExpression());

    /// <summary>Sets an environment variable to an expression that is resolved when the resource starts.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The variable.</param>
    /// <param name="value">Its value.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, ReferenceExpression value)
        where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(value);
        return builder.WithReferenceRelationship(value).SetEnvironment(name, value);
    }

    /// <summary>Sets an environment variable when the resource starts.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The variable.</param>
    /// <param name="callback">Gives its value.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, Func<string> callback)
        where T : IResourceWithEnvironment => builder.WithAnnotation(new EnvironmentCallbackAnnotation(name, callback));

    /// <summary>Sets environment variables when the resource starts.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="callback">Sets them.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, Action<EnvironmentCallbackContext> callback)
        where T : IResourceWithEnvironment => builder.WithAnnotation(new EnvironmentCallbackAnnotation(callback));

    /// <summary>Sets environment variables when the resource starts.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="callback">Sets them.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, Func<EnvironmentCallbackContext, Task> callback)
        where T : IResourceWithEnvironment => builder.WithAnnotation(new EnvironmentCallbackAnnotation(callback));

    /// <summary>Sets an environment variable to an endpoint's address.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The variable.</param>
    /// <param name="endpointReference">The endpoint.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, EndpointReference endpointReference)
        where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(endpointReference);
        return builder.WithReferenceRelationship(endpointReference.Resource).SetEnvironment(name, endpointReference);
    }

    /// <summary>Sets an environment variable to a parameter.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The variable.</param>
    /// <param name="parameter">The parameter.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, IResourceBuilder<ParameterResource> parameter)
        where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return builder.WithReferenceRelationship(parameter.Resource).SetEnvironment(name, parameter.Resource);
    }

    /// <summary>Sets an environment variable to a connection string.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="envVarName">The variable.</param>
    /// <param name="resource">The resource to connect to.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string envVarName, IResourceBuilder<IResourceWithConnectionString> resource)
        where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(resource);
        return builder.WithReferenceRelationship(resource.Resource).SetEnvironment(envVarName, new ConnectionStringReference(resource.Resource, optional: false));
    }

    /// <summary>Sets an environment variable to a value that is resolved when the resource starts.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The variable.</param>
    /// <param name="value">Its value.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, IExpressionValue value)
        where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(value);
        References.Link(builder, (value as IValueWithReferences)?.References ?? []);
        return builder.SetEnvironment(name, value);
    }

    /// <summary>Sets an environment variable to a value that is resolved when the resource starts.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The variable.</param>
    /// <param name="value">Its value.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <typeparam name="TValue">The value's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithEnvironment<T, TValue>(this IResourceBuilder<T> builder, string name, TValue value)
        where T : IResourceWithEnvironment
        where TValue : IValueProvider, IManifestExpressionProvider
    {
        ArgumentNullException.ThrowIfNull(value);
        References.Link(builder, (value as IValueWithReferences)?.References ?? []);
        return builder.SetEnvironment(name, value);
    }

    private static IResourceBuilder<T> SetEnvironment<T>(this IResourceBuilder<T> builder, string name, object value)
        where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(name);
        return builder.WithAnnotation(new EnvironmentCallbackAnnotation(context => context.EnvironmentVariables[name] = value));
    }
}
