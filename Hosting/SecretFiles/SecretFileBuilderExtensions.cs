using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>
/// Provides extension methods that hand secrets to resources as files.
/// </summary>
public static class SecretFileBuilderExtensions
{
    private const string ContainerFolder = "/run/secrets";

    /// <summary>
    /// Hands a secret to the resource as a file, so that it can be rotated without a restart.
    /// </summary>
    /// <typeparam name="T">The type of the resource.</typeparam>
    /// <param name="builder">The resource builder.</param>
    /// <param name="environmentName">The environment variable that is to hold the file's path.</param>
    /// <param name="parameter">The secret.</param>
    /// <param name="directory">
    /// The folder for secrets on the host, relative to the AppHost's folder or absolute. It is made where it is missing,
    /// for its owner alone.
    /// </param>
    /// <returns>The <see cref="IResourceBuilder{T}"/>.</returns>
    /// <remarks>
    /// The file is written before the resource starts: mode 0600, the value in the first line. Where the file already holds another
    /// value, that one stays in the second line. A resource that is started again in the same run finds the file as it is then, since
    /// its secret may have been rotated. The folder of a container's secrets is mounted read-only at <c>/run/secrets</c>;
    /// its files are readable by every user who can reach them, since the container's user is not the host's, and
    /// <paramref name="directory"/> above them is closed to all but its owner.
    /// <example>
    /// <code lang="csharp">
    /// var secret = builder.AddParameter("signing-key", secret: true);
    /// builder.AddProject&lt;Projects.Api&gt;("api")
    ///        .WithSecretFile("SIGNING_KEY_FILE", secret, "secrets");
    /// </code>
    /// </example>
    /// </remarks>
    public static IResourceBuilder<T> WithSecretFile<T>(
        this IResourceBuilder<T> builder,
        string environmentName,
        IResourceBuilder<ParameterResource> parameter,
        string directory)
        where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(environmentName);
        ArgumentNullException.ThrowIfNull(parameter);
        ArgumentException.ThrowIfNullOrEmpty(directory);

        var isContainer = builder.Resource is ContainerResource;
        var folder = Path.Combine(Path.GetFullPath(directory, builder.ApplicationBuilder.AppHostDirectory), builder.Resource.Name);
        var annotation = new SecretFileAnnotation(environmentName, parameter.Resource, Path.Combine(folder, parameter.Resource.Name));

        if (isContainer && !builder.Resource.TryGetLastAnnotation<SecretFileAnnotation>(out _))
        {
            builder.WithAnnotation(new ContainerMountAnnotation(folder, ContainerFolder, ContainerMountType.BindMount, isReadOnly: true));
        }

        var isWritten = false;
        builder.OnBeforeResourceStarted(async (_, _, cancellationToken) =>
        {
            // A resource that starts again in the same run: the file may have been rotated since, the parameter has not.
            if (isWritten && File.Exists(annotation.Path))
            {
                return;
            }

            var value = await annotation.Parameter.GetValueAsync(cancellationToken).ConfigureAwait(false)
                ?? throw new DistributedApplicationException($"The parameter '{annotation.Parameter.Name}' has no value for '{environmentName}'.");
            await SecretFile.WriteAsync(annotation.Path, value, isContainer, cancellationToken).ConfigureAwait(false);
            isWritten = true;
        });

        return builder
            .WithAnnotation(annotation)
            .WithEnvironment(environmentName, isContainer ? $"{ContainerFolder}/{parameter.Resource.Name}" : annotation.Path);
    }
}
