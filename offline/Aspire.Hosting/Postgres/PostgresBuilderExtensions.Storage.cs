using Aspire.Hosting.Postgres;

namespace Aspire.Hosting;

public static partial class PostgresBuilderExtensions
{
    // From this major on the image keeps each version's data in a folder of its own below the volume.
    private const int FirstVersionedFolder = 18;

    /// <summary>Keeps the data in a volume. Call it after the image's tag is set: version 18 moved the folder.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="name">The volume's name; by default made from the application's and the resource's.</param>
    /// <param name="isReadOnly">Whether the server may only read it.</param>
    /// <returns>The server.</returns>
    public static IResourceBuilder<PostgresServerResource> WithDataVolume(this IResourceBuilder<PostgresServerResource> builder, string? name = null, bool isReadOnly = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithVolume(name ?? VolumeNameGenerator.Generate(builder, "data"), DataFolder(builder.Resource), isReadOnly);
    }

    /// <summary>Keeps the data in a folder of this machine. Call it after the image's tag is set: version 18 moved the folder.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="source">The folder.</param>
    /// <param name="isReadOnly">Whether the server may only read it.</param>
    /// <returns>The server.</returns>
    public static IResourceBuilder<PostgresServerResource> WithDataBindMount(this IResourceBuilder<PostgresServerResource> builder, string source, bool isReadOnly = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(source);
        return builder.WithBindMount(source, DataFolder(builder.Resource), isReadOnly);
    }

    /// <summary>Copies scripts into the container, which the image runs when it makes a new database cluster.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="source">A file or folder, relative to the AppHost.</param>
    /// <returns>The server.</returns>
    public static IResourceBuilder<PostgresServerResource> WithInitFiles(this IResourceBuilder<PostgresServerResource> builder, string source)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(source);
        return builder.WithContainerFiles("/docker-entrypoint-initdb.d", Path.GetFullPath(source, builder.ApplicationBuilder.AppHostDirectory));
    }

    private static string DataFolder(PostgresServerResource server)
    {
        if (!server.TryGetLastAnnotation<ContainerImageAnnotation>(out var image))
        {
            return "/var/lib/postgresql/data";
        }

        var major = (image.Tag ?? PostgresContainerImageTags.Tag).Split('-', '.')[0];
        var versioned = int.TryParse(major, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= FirstVersionedFolder;
        return versioned ? "/var/lib/postgresql" : "/var/lib/postgresql/data";
    }
}
