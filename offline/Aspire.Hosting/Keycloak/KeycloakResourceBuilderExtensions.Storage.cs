using Aspire.Hosting.Keycloak;

namespace Aspire.Hosting;

public static partial class KeycloakResourceBuilderExtensions
{
    private const string DataFolder = "/opt/keycloak/data";

    /// <summary>Keeps the data in a volume.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="name">The volume's name; by default made from the application's and the resource's.</param>
    /// <returns>The server.</returns>
    public static IResourceBuilder<KeycloakResource> WithDataVolume(this IResourceBuilder<KeycloakResource> builder, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithVolume(name ?? VolumeNameGenerator.Generate(builder, "data"), DataFolder, isReadOnly: false);
    }

    /// <summary>Keeps the data in a folder of this machine.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="source">The folder.</param>
    /// <returns>The server.</returns>
    public static IResourceBuilder<KeycloakResource> WithDataBindMount(this IResourceBuilder<KeycloakResource> builder, string source)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(source);
        return builder.WithBindMount(source, DataFolder, isReadOnly: false);
    }

    /// <summary>Copies realms into the container, which the server imports at start unless it has them.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="import">A realm's file or a folder of them, relative to the AppHost.</param>
    /// <returns>The server.</returns>
    public static IResourceBuilder<KeycloakResource> WithRealmImport(this IResourceBuilder<KeycloakResource> builder, string import)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(import);
        var source = Path.GetFullPath(import, builder.ApplicationBuilder.AppHostDirectory);
        return builder.WithContainerFiles($"{DataFolder}/import", source, defaultOwner: KeycloakContainerImageTags.ContainerUser);
    }
}
