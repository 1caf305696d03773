namespace Aspire.Hosting.Orchestration;

/// <summary>Makes the addresses that the dashboard shows, once endpoints are known.</summary>
internal sealed class ResourceUrls(DistributedApplicationExecutionContext executionContext, ResourceLoggerService loggers, ResourceNotificationService notifications)
{
    internal static ImmutableArray<UrlSnapshot> Of(IResource resource)
        => [.. resource.Annotations.OfType<ResourceUrlAnnotation>().Select(url => ToSnapshot(url, isInactive: url.Endpoint is not null))];

    internal static UrlSnapshot ToSnapshot(ResourceUrlAnnotation url, bool isInactive)
        => new(url.Endpoint?.EndpointName, url.Url, url.DisplayLocation == UrlDisplayLocation.DetailsOnly)
        {
            IsInactive = isInactive,
            DisplayProperties = new UrlDisplayPropertiesSnapshot(url.DisplayText ?? "", url.DisplayOrder ?? 0),
        };

    internal async Task PublishAsync(IResource resource, CancellationToken cancellationToken)
    {
        try
        {
            await MakeAsync(resource, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception ex) when (!cancellationToken.IsCancellationRequested)
        {
            loggers.GetLogger(resource).LogError(ex, "The URLs of resource '{Resource}' could not be made.", resource.Name);
        }

        await notifications.PublishUpdateAsync(resource, s => s with { Urls = Of(resource) }).ConfigureAwait(false);
    }

    private async Task MakeAsync(IResource resource, CancellationToken cancellationToken)
    {
        var given = resource.Annotations.OfType<ResourceUrlAnnotation>().ToArray();
        var urls = resource is IResourceWithEndpoints owner ? owner.GetEndpoints().SelectMany(FromEndpoint).ToList() : [];
        urls.AddRange(given);
        var context = new ResourceUrlsCallbackContext(executionContext, resource, urls, cancellationToken) { Logger = loggers.GetLogger(resource) };
        foreach (var annotation in resource.Annotations.OfType<ResourceUrlsCallbackAnnotation>().ToArray())
        {
            await annotation.Callback(context).ConfigureAwait(false);
        }

        foreach (var url in given)
        {
            resource.Annotations.Remove(url);
        }

        foreach (var url in urls)
        {
            if (url.Url.StartsWith('/') && url.Endpoint is { IsAllocated: true } endpoint)
            {
                url.Url = endpoint.Url.TrimEnd('/') + url.Url;
            }

            resource.Annotations.Add(url);
        }
    }

    private static IEnumerable<ResourceUrlAnnotation> FromEndpoint(EndpointReference reference)
    {
        var endpoint = new EndpointReference(reference.Resource, reference.EndpointAnnotation, reference.EndpointAnnotation.DefaultNetworkID);
        if (endpoint.EndpointAnnotation.AllocatedEndpoint is not { } allocated)
        {
            yield break;
        }

        var url = new ResourceUrlAnnotation { Url = allocated.UriString, Endpoint = endpoint };
        var host = endpoint.EndpointAnnotation.TargetHost;
        if (allocated.BindingMode != EndpointBindingMode.SingleAddress)
        {
            yield return url;
            yield return new ResourceUrlAnnotation { Url = $"{allocated.UriScheme}://{Environment.MachineName}:{allocated.Port}", Endpoint = endpoint };
        }
        else if (!string.Equals(allocated.Address, host, StringComparison.OrdinalIgnoreCase))
        {
            // Names below localhost stand for loopback in browsers only: they are what people should use.
            url.DisplayLocation = UrlDisplayLocation.DetailsOnly;
            yield return new ResourceUrlAnnotation { Url = $"{allocated.UriScheme}://{host}:{allocated.Port}", Endpoint = endpoint };
            yield return url;
        }
        else
        {
            yield return url;
        }
    }
}
