namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Changes the addresses that the dashboard shows, once endpoints are known.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="callback">Changes them.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithUrls<T>(this IResourceBuilder<T> builder, Action<ResourceUrlsCallbackContext> callback)
        where T : IResource => builder.WithAnnotation(new ResourceUrlsCallbackAnnotation(callback));

    /// <summary>Changes the addresses that the dashboard shows, once endpoints are known.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="callback">Changes them.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithUrls<T>(this IResourceBuilder<T> builder, Func<ResourceUrlsCallbackContext, Task> callback)
        where T : IResource => builder.WithAnnotation(new ResourceUrlsCallbackAnnotation(callback));

    /// <summary>Shows an address; a relative one changes those of the endpoints.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="url">The address.</param>
    /// <param name="displayText">The text shown instead.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithUrl<T>(this IResourceBuilder<T> builder, string url, string? displayText = null)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(url);
        if (!Uri.TryCreate(url, UriKind.Relative, out var relative))
        {
            return builder.WithAnnotation(new ResourceUrlAnnotation { Url = url, DisplayText = displayText });
        }

        return builder.WithUrls(context =>
        {
            foreach (var shown in context.Urls)
            {
                if (Uri.TryCreate(shown.Url, UriKind.Absolute, out var absolute))
                {
                    shown.Url = new Uri(absolute, relative).ToString();
                    shown.DisplayText = displayText ?? shown.DisplayText;
                }
            }
        });
    }

    /// <summary>Shows an address made of values that are known later.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="url">The address.</param>
    /// <param name="displayText">The text shown instead.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithUrl<T>(this IResourceBuilder<T> builder, in ReferenceExpression.ExpressionInterpolatedStringHandler url, string? displayText = null)
        where T : IResource => builder.WithUrl(url.ToExpression(), displayText);

    /// <summary>Shows an address made of values that are known later.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="url">The address.</param>
    /// <param name="displayText">The text shown instead.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithUrl<T>(this IResourceBuilder<T> builder, ReferenceExpression url, string? displayText = null)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(url);
        var endpoint = url.ValueProviders.OfType<EndpointReference>().FirstOrDefault();
        return builder.WithUrls(async context =>
        {
            var value = await url.GetValueAsync(context.CancellationToken).ConfigureAwait(false);
            if (!string.IsNullOrEmpty(value))
            {
                context.Urls.Add(new ResourceUrlAnnotation { Url = value, DisplayText = displayText, Endpoint = endpoint });
            }
        });
    }

    /// <summary>Changes the address shown for an endpoint.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="endpointName">The endpoint.</param>
    /// <param name="callback">Changes it.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithUrlForEndpoint<T>(this IResourceBuilder<T> builder, string endpointName, Action<ResourceUrlAnnotation> callback)
        where T : IResource => builder.WithUrls(context =>
        {
            if (context.Urls.FirstOrDefault(u => u.Endpoint?.EndpointName == endpointName) is { } url)
            {
                callback(url);
            }
            else
            {
                context.Logger.LogWarning("Resource '{Resource}' has no endpoint '{Endpoint}' whose URL could be changed.", context.Resource.Name, endpointName);
            }
        });

    /// <summary>Shows a further address for an endpoint.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="endpointName">The endpoint.</param>
    /// <param name="callback">Makes the address.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithUrlForEndpoint<T>(this IResourceBuilder<T> builder, string endpointName, Func<EndpointReference, ResourceUrlAnnotation> callback)
        where T : IResourceWithEndpoints => builder.WithUrls(context =>
        {
            var endpoint = builder.GetEndpoint(endpointName);
            if (endpoint.Exists)
            {
                context.Urls.Add(callback(endpoint).For(endpoint));
            }
            else
            {
                context.Logger.LogWarning("Resource '{Resource}' has no endpoint '{Endpoint}' to add a URL for.", context.Resource.Name, endpointName);
            }
        });
}
