namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Lets the resource serve plain HTTP even where a development certificate is there.</summary>
    /// <param name="builder">The resource.</param>
    /// <typeparam name="TResource">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    [Experimental("ASPIRECERTIFICATES001", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
    public static IResourceBuilder<TResource> WithoutHttpsCertificate<TResource>(this IResourceBuilder<TResource> builder)
        where TResource : IResourceWithEnvironment, IResourceWithArgs
        => builder.WithAnnotation(new HttpsCertificateAnnotation { UseDeveloperCertificate = false }, ResourceAnnotationMutationBehavior.Replace);
}
