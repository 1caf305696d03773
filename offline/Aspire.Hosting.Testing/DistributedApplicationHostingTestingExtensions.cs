namespace Aspire.Hosting.Testing;

/// <summary>What tests ask a running application.</summary>
public static class DistributedApplicationHostingTestingExtensions
{
    /// <summary>Creates a client whose base address is one of the resource's endpoints.</summary>
    /// <param name="app">The application, started.</param>
    /// <param name="resourceName">The resource's name.</param>
    /// <param name="endpointName">The endpoint's name; <c>https</c>, then <c>http</c> where none is given.</param>
    /// <returns>The client.</returns>
    /// <exception cref="ArgumentException">There is no such resource, or it has no such endpoint.</exception>
    /// <exception cref="InvalidOperationException">The application has not started.</exception>
    public static HttpClient CreateHttpClient(this DistributedApplication app, string resourceName, string? endpointName = null)
    {
        var address = app.GetEndpoint(resourceName, endpointName);
        var client = app.Services.GetRequiredService<IHttpClientFactory>().CreateClient();
        client.BaseAddress = address;
        return client;
    }

    /// <summary>Gets the resource's connection string.</summary>
    /// <param name="app">The application, started.</param>
    /// <param name="resourceName">The resource's name.</param>
    /// <param name="cancellationToken">Ends the wait for values that are not known yet.</param>
    /// <returns>The connection string.</returns>
    /// <exception cref="ArgumentException">There is no such resource, or it has no connection string.</exception>
    /// <exception cref="InvalidOperationException">The application has not started.</exception>
    public static ValueTask<string?> GetConnectionStringAsync(
        this DistributedApplication app, string resourceName, CancellationToken cancellationToken = default)
        => GetResource(app, resourceName) is IResourceWithConnectionString resource
            ? resource.GetConnectionStringAsync(cancellationToken)
            : throw new ArgumentException($"The resource '{resourceName}' has no connection string.", nameof(resourceName));

    /// <summary>Gets the address of one of the resource's endpoints.</summary>
    /// <param name="app">The application, started.</param>
    /// <param name="resourceName">The resource's name.</param>
    /// <param name="endpointName">The endpoint's name; <c>https</c>, then <c>http</c> where none is given.</param>
    /// <returns>The address.</returns>
    /// <exception cref="ArgumentException">There is no such resource, or it has no such endpoint.</exception>
    /// <exception cref="InvalidOperationException">The application has not started.</exception>
    public static Uri GetEndpoint(this DistributedApplication app, string resourceName, string? endpointName = null)
        => app.GetEndpointForNetwork(resourceName, networkIdentifier: null, endpointName);

    /// <summary>Gets the address of one of the resource's endpoints as seen from a network.</summary>
    /// <param name="app">The application, started.</param>
    /// <param name="resourceName">The resource's name.</param>
    /// <param name="networkIdentifier">The network; this machine where none is given.</param>
    /// <param name="endpointName">The endpoint's name; <c>https</c>, then <c>http</c> where none is given.</param>
    /// <returns>The address.</returns>
    /// <exception cref="ArgumentException">There is no such resource, or it has no such endpoint.</exception>
    /// <exception cref="InvalidOperationException">The application has not started.</exception>
    public static Uri GetEndpointForNetwork(
        this DistributedApplication app, string resourceName, NetworkIdentifier? networkIdentifier, string? endpointName = null)
    {
        if (GetResource(app, resourceName) is not IResourceWithEndpoints resource)
        {
            throw new ArgumentException($"The resource '{resourceName}' has no endpoints.", nameof(resourceName));
        }

        string[] candidates = string.IsNullOrEmpty(endpointName) ? ["https", "http"] : [endpointName];
        var endpoint = candidates
            .Select(name => resource.GetEndpoint(name, networkIdentifier ?? KnownNetworkIdentifiers.LocalhostNetwork))
            .FirstOrDefault(reference => reference.IsAllocated);

        return endpoint is null
            ? throw new ArgumentException($"The resource '{resourceName}' has no endpoint '{string.Join("' or '", candidates)}'.", nameof(endpointName))
            : new Uri(endpoint.Url);
    }

    private static IResource GetResource(DistributedApplication app, string resourceName)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentException.ThrowIfNullOrEmpty(resourceName);
        if (!app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.IsCancellationRequested)
        {
            throw new InvalidOperationException("The application has not started: call StartAsync first.");
        }

        return app.Services.GetRequiredService<DistributedApplicationModel>().Resources
            .FirstOrDefault(resource => string.Equals(resource.Name, resourceName, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException($"There is no resource '{resourceName}'.", nameof(resourceName));
    }
}
