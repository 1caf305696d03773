namespace Aspire.Hosting;

public static partial class ContainerResourceBuilderExtensions
{
    /// <summary>Adds a volume.</summary>
    /// <param name="builder">The container.</param>
    /// <param name="name">The volume's name; null for one without.</param>
    /// <param name="target">The path in the container.</param>
    /// <param name="isReadOnly">Whether it is read-only.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithVolume<T>(this IResourceBuilder<T> builder, string? name, string target, bool isReadOnly = false)
        where T : ContainerResource => builder.WithAnnotation(new ContainerMountAnnotation(name, target, ContainerMountType.Volume, isReadOnly));

    /// <summary>Adds a volume without a name.</summary>
    /// <param name="builder">The container.</param>
    /// <param name="target">The path in the container.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithVolume<T>(this IResourceBuilder<T> builder, string target)
        where T : ContainerResource => builder.WithVolume(null, target);

    /// <summary>Shows a path of the host in the container.</summary>
    /// <param name="builder">The container.</param>
    /// <param name="source">The path, from the AppHost's directory.</param>
    /// <param name="target">The path in the container.</param>
    /// <param name="isReadOnly">Whether it is read-only.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithBindMount<T>(this IResourceBuilder<T> builder, string source, string target, bool isReadOnly = false)
        where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(source);
        var path = Path.GetFullPath(source, builder.ApplicationBuilder.AppHostDirectory);
        return builder.WithAnnotation(new ContainerMountAnnotation(path, target, ContainerMountType.BindMount, isReadOnly));
    }

    /// <summary>Puts files into the container before it starts.</summary>
    /// <param name="builder">The container.</param>
    /// <param name="destinationPath">The directory in the container.</param>
    /// <param name="entries">The files.</param>
    /// <param name="defaultOwner">The owner's id where a file says nothing else.</param>
    /// <param name="defaultGroup">The group's id where a file says nothing else.</param>
    /// <param name="umask">The permissions that files do not get.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithContainerFiles<T>(this IResourceBuilder<T> builder, string destinationPath, IEnumerable<ContainerFileSystemItem> entries, int? defaultOwner = null, int? defaultGroup = null, UnixFileMode? umask = null)
        where T : ContainerResource => builder.WithContainerFiles(destinationPath, (_, _) => Task.FromResult(entries), defaultOwner, defaultGroup, umask);

    /// <summary>Puts files into the container before it starts.</summary>
    /// <param name="builder">The container.</param>
    /// <param name="destinationPath">The directory in the container.</param>
    /// <param name="callback">Makes the files.</param>
    /// <param name="defaultOwner">The owner's id where a file says nothing else.</param>
    /// <param name="defaultGroup">The group's id where a file says nothing else.</param>
    /// <param name="umask">The permissions that files do not get.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithContainerFiles<T>(this IResourceBuilder<T> builder, string destinationPath, Func<ContainerFileSystemCallbackContext, CancellationToken, Task<IEnumerable<ContainerFileSystemItem>>> callback, int? defaultOwner = null, int? defaultGroup = null, UnixFileMode? umask = null)
        where T : ContainerResource => builder.WithAnnotation(new ContainerFileSystemCallbackAnnotation
        {
            DestinationPath = destinationPath,
            Callback = callback,
            DefaultOwner = defaultOwner,
            DefaultGroup = defaultGroup,
            Umask = umask,
        });

    /// <summary>Puts the host's files into the container before it starts.</summary>
    /// <param name="builder">The container.</param>
    /// <param name="destinationPath">The directory in the container.</param>
    /// <param name="sourcePath">The host's file or directory, from the AppHost's.</param>
    /// <param name="defaultOwner">The owner's id where a file says nothing else.</param>
    /// <param name="defaultGroup">The group's id where a file says nothing else.</param>
    /// <param name="umask">The permissions that files do not get.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithContainerFiles<T>(this IResourceBuilder<T> builder, string destinationPath, string sourcePath, int? defaultOwner = null, int? defaultGroup = null, UnixFileMode? umask = null)
        where T : ContainerResource
    {
        var source = Path.GetFullPath(sourcePath, builder.ApplicationBuilder.AppHostDirectory);
        return builder.WithContainerFiles(
            destinationPath,
            (_, _) => Task.FromResult(ContainerDirectory.GetFileSystemItemsFromPath(source, searchOptions: SearchOption.AllDirectories)),
            defaultOwner,
            defaultGroup,
            umask);
    }
}
