using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Superset;

namespace Aspire.Hosting;

/// <summary>
/// Provides extension methods that configure embedded dashboards and their guest tokens.
/// </summary>
public static class SupersetEmbeddingExtensions
{
    /// <summary>
    /// Sets the key that signs Superset's other tokens, <c>SUPERSET_JWT_SECRET_KEY</c>.
    /// </summary>
    /// <typeparam name="T">The type of the Superset resource.</typeparam>
    /// <param name="builder">The resource builder.</param>
    /// <param name="secret">The key.</param>
    /// <returns>The <see cref="IResourceBuilder{T}"/>.</returns>
    public static IResourceBuilder<T> WithJwtSecretKey<T>(this IResourceBuilder<T> builder, IResourceBuilder<ParameterResource> secret)
        where T : ISupersetResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(secret);

        return builder.WithEnvironment(SupersetEnvironment.JwtSecretKey, secret);
    }

    /// <summary>
    /// Sets the key that signs guest tokens.
    /// </summary>
    /// <typeparam name="T">The type of the Superset resource.</typeparam>
    /// <param name="builder">The resource builder.</param>
    /// <param name="secret">The key.</param>
    /// <param name="directory">
    /// The folder for secrets on the host. Where it is given, the key goes into a file there and the configuration gets
    /// <c>GUEST_TOKEN_JWT_SECRET_FILE</c>, so that it can be rotated; else it is in <c>GUEST_TOKEN_JWT_SECRET</c>.
    /// </param>
    /// <returns>The <see cref="IResourceBuilder{T}"/>.</returns>
    public static IResourceBuilder<T> WithGuestTokenSecret<T>(
        this IResourceBuilder<T> builder,
        IResourceBuilder<ParameterResource> secret,
        string? directory = null)
        where T : ISupersetResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(secret);

        return directory is null
            ? builder.WithEnvironment(SupersetEnvironment.GuestTokenSecret, secret)
            : builder.WithSecretFile(SupersetEnvironment.GuestTokenSecretFile, secret, directory);
    }

    /// <summary>
    /// Sets the audience that guest tokens must be made for, <c>GUEST_TOKEN_JWT_AUDIENCE</c>.
    /// </summary>
    /// <typeparam name="T">The type of the Superset resource.</typeparam>
    /// <param name="builder">The resource builder.</param>
    /// <param name="audience">The audience.</param>
    /// <returns>The <see cref="IResourceBuilder{T}"/>.</returns>
    public static IResourceBuilder<T> WithGuestTokenAudience<T>(this IResourceBuilder<T> builder, string audience)
        where T : ISupersetResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(audience);

        return builder.WithEnvironment(SupersetEnvironment.GuestTokenAudience, audience);
    }

    /// <summary>
    /// Adds an origin whose pages may embed dashboards, to the comma-separated <c>HOST_ORIGINS</c>.
    /// </summary>
    /// <typeparam name="T">The type of the Superset resource.</typeparam>
    /// <param name="builder">The resource builder.</param>
    /// <param name="origin">
    /// The endpoint that the browser opens. In a container it must be taken for
    /// <see cref="KnownNetworkIdentifiers.LocalhostNetwork"/>, else its address is the one among containers.
    /// </param>
    /// <returns>The <see cref="IResourceBuilder{T}"/>.</returns>
    /// <remarks>
    /// <example>
    /// <code lang="csharp">
    /// superset.WithEmbeddingOrigin(web.GetEndpoint("http", KnownNetworkIdentifiers.LocalhostNetwork));
    /// </code>
    /// </example>
    /// </remarks>
    public static IResourceBuilder<T> WithEmbeddingOrigin<T>(this IResourceBuilder<T> builder, EndpointReference origin)
        where T : ISupersetResource
    {
        ArgumentNullException.ThrowIfNull(origin);

        return builder.WithEmbeddingOrigin(ReferenceExpression.Create($"{origin}"));
    }

    /// <summary>
    /// Adds an origin whose pages may embed dashboards, to the comma-separated <c>HOST_ORIGINS</c>.
    /// </summary>
    /// <typeparam name="T">The type of the Superset resource.</typeparam>
    /// <param name="builder">The resource builder.</param>
    /// <param name="origin">The origin, where browsers know it by another name than its endpoint has.</param>
    /// <returns>The <see cref="IResourceBuilder{T}"/>.</returns>
    public static IResourceBuilder<T> WithEmbeddingOrigin<T>(this IResourceBuilder<T> builder, ReferenceExpression origin)
        where T : ISupersetResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(origin);

        return builder.WithEnvironment(context =>
        {
            context.EnvironmentVariables[SupersetEnvironment.HostOrigins] =
                context.EnvironmentVariables.TryGetValue(SupersetEnvironment.HostOrigins, out var others) && others is ReferenceExpression earlier
                    ? ReferenceExpression.Create($"{earlier},{origin}")
                    : origin;
        });
    }
}
