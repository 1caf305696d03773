namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Says how two resources belong together.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="resource">The other.</param>
    /// <param name="type">How.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithRelationship<T>(this IResourceBuilder<T> builder, IResource resource, string type)
        where T : IResource => builder.WithAnnotation(new ResourceRelationshipAnnotation(resource, type));

    /// <summary>Says how two resources belong together.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="resourceBuilder">The other.</param>
    /// <param name="type">How.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithRelationship<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> resourceBuilder, string type)
        where T : IResource => builder.WithRelationship(resourceBuilder.Resource, type);

    /// <summary>Says that the resource refers to another.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="resource">The other.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithReferenceRelationship<T>(this IResourceBuilder<T> builder, IResource resource)
        where T : IResource => builder.WithRelationship(resource, RelationshipTypes.Reference);

    /// <summary>Says that the resource refers to another.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="resourceBuilder">The other.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithReferenceRelationship<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> resourceBuilder)
        where T : IResource => builder.WithRelationship(resourceBuilder.Resource, RelationshipTypes.Reference);

    /// <summary>Says that the resource refers to all in an expression.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="expression">The expression.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithReferenceRelationship<T>(this IResourceBuilder<T> builder, ReferenceExpression expression)
        where T : IResource
    {
        References.Link(builder, expression.ValueProviders);
        return builder;
    }

    /// <summary>Shows the resource under another.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="parent">The other.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithParentRelationship<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> parent)
        where T : IResource => builder.WithRelationship(parent.Resource, RelationshipTypes.Parent);

    /// <summary>Shows the resource under another.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="parent">The other.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithParentRelationship<T>(this IResourceBuilder<T> builder, IResource parent)
        where T : IResource => builder.WithRelationship(parent, RelationshipTypes.Parent);

    /// <summary>Shows another under the resource.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="child">The other.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithChildRelationship<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> child)
        where T : IResource => builder.WithChildRelationship(child.Resource);

    /// <summary>Shows another under the resource.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="child">The other.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithChildRelationship<T>(this IResourceBuilder<T> builder, IResource child)
        where T : IResource
    {
        child.Annotations.Add(new ResourceRelationshipAnnotation(builder.Resource, RelationshipTypes.Parent));
        return builder;
    }

    /// <summary>Gives the resource an icon in the dashboard.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="iconName">The icon's name among the Fluent icons.</param>
    /// <param name="iconVariant">Its variant.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithIconName<T>(this IResourceBuilder<T> builder, string iconName, IconVariant iconVariant = IconVariant.Filled)
        where T : IResource => builder.WithAnnotation(new ResourceIconAnnotation(iconName, iconVariant), ResourceAnnotationMutationBehavior.Replace);

    /// <summary>Hides the resource in the dashboard.</summary>
    /// <param name="builder">The resource.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithHidden<T>(this IResourceBuilder<T> builder)
        where T : IResource => builder.WithAnnotation(new HiddenAnnotation(null), ResourceAnnotationMutationBehavior.Replace);

    /// <summary>Hides the resource in the dashboard once it has ended.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="exitCode">The exit code it must have ended with.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithHiddenOnCompletion<T>(this IResourceBuilder<T> builder, int exitCode)
        where T : IResource => builder.WithAnnotation(new HiddenAnnotation([exitCode]), ResourceAnnotationMutationBehavior.Replace);

    /// <summary>Hides the resource in the dashboard once it has ended.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="exitCodes">The exit codes it must have ended with; by default 0.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithHiddenOnCompletion<T>(this IResourceBuilder<T> builder, params int[] exitCodes)
        where T : IResource => builder.WithAnnotation(new HiddenAnnotation(exitCodes.Length == 0 ? [0] : exitCodes), ResourceAnnotationMutationBehavior.Replace);

    /// <summary>Leaves the resource out of what is published.</summary>
    /// <param name="builder">The resource.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> ExcludeFromManifest<T>(this IResourceBuilder<T> builder)
        where T : IResource => builder.WithAnnotation(ManifestPublishingCallbackAnnotation.Ignore);
}
