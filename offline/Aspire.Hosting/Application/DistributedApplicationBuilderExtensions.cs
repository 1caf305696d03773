namespace Aspire.Hosting;

/// <summary>Finds resources.</summary>
public static class DistributedApplicationBuilderExtensions
{
    /// <summary>Configures a resource that has been added.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource's builder.</returns>
    /// <exception cref="InvalidOperationException">There is none of this name and type.</exception>
    public static IResourceBuilder<T> CreateResourceBuilder<T>(this IDistributedApplicationBuilder builder, string name)
        where T : IResource
        => builder.TryCreateResourceBuilder<T>(name, out var found)
            ? found
            : throw new InvalidOperationException($"Resource '{name}' of type '{typeof(T)}' was not found.");

    /// <summary>Configures a resource that has been added.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="resourceBuilder">The resource's builder.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>Whether there is one of this name and type.</returns>
    public static bool TryCreateResourceBuilder<T>(this IDistributedApplicationBuilder builder, string name, [NotNullWhen(true)] out IResourceBuilder<T>? resourceBuilder)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        resourceBuilder = builder.Resources.TryGetByName(name, out var resource) && resource is T typed ? builder.CreateResourceBuilder(typed) : null;
        return resourceBuilder is not null;
    }
}
