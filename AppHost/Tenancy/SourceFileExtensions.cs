namespace EmbedStack.AppHost.Tenancy;

/// <summary>Hands out the files that several processes read.</summary>
internal static class SourceFileExtensions
{
    /// <summary>The product's tenants.</summary>
    public static IResourceBuilder<T> WithTenants<T>(this IResourceBuilder<T> process)
        where T : IResourceWithEnvironment =>
        process.WithSourceFile("Tenants__File", "../ClinicData/tenants.yaml");

    /// <summary>The dashboards there are.</summary>
    public static IResourceBuilder<T> WithCatalog<T>(this IResourceBuilder<T> process)
        where T : IResourceWithEnvironment =>
        process.WithSourceFile("Catalog__File", "../SupersetContainer/assets/catalog.yaml");

    private static IResourceBuilder<T> WithSourceFile<T>(this IResourceBuilder<T> process, string name, string path)
        where T : IResourceWithEnvironment =>
        process.WithEnvironment(name, Path.GetFullPath(path, process.ApplicationBuilder.AppHostDirectory));
}
