namespace Aspire.Hosting.ApplicationModel;

/// <summary>Configures a resource.</summary>
/// <typeparam name="T">The resource's type.</typeparam>
public interface IResourceBuilder<out T>
    where T : IResource
{
    /// <summary>The application the resource belongs to.</summary>
    IDistributedApplicationBuilder ApplicationBuilder { get; }

    /// <summary>The resource.</summary>
    T Resource { get; }

    /// <summary>Adds an annotation made by its parameterless constructor.</summary>
    /// <param name="behavior">Whether earlier ones of this type stay.</param>
    /// <typeparam name="TAnnotation">The annotation's type.</typeparam>
    /// <returns>The builder.</returns>
    IResourceBuilder<T> WithAnnotation<TAnnotation>(ResourceAnnotationMutationBehavior behavior = ResourceAnnotationMutationBehavior.Append)
        where TAnnotation : IResourceAnnotation, new()
        => WithAnnotation(new TAnnotation(), behavior);

    /// <summary>Adds an annotation.</summary>
    /// <param name="annotation">The annotation.</param>
    /// <param name="behavior">Whether earlier ones of this type stay.</param>
    /// <typeparam name="TAnnotation">The annotation's type.</typeparam>
    /// <returns>The builder.</returns>
    IResourceBuilder<T> WithAnnotation<TAnnotation>(TAnnotation annotation, ResourceAnnotationMutationBehavior behavior = ResourceAnnotationMutationBehavior.Append)
        where TAnnotation : IResourceAnnotation;
}
