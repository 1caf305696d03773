namespace Aspire.Hosting.ApplicationModel;

/// <summary>An address on the host; containers see it under the host's name in their network.</summary>
/// <param name="Url">The address as the host sees it.</param>
public record HostUrl(string Url) : IExpressionValue
{
    string IManifestExpressionProvider.ValueExpression => Url;

    ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken) => new(Url);

    ValueTask<string?> IValueProvider.GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken)
    {
        if (context.ResolveNetwork() == KnownNetworkIdentifiers.LocalhostNetwork || !Uri.TryCreate(Url, UriKind.Absolute, out var uri) || !uri.IsLoopback)
        {
            return new(Url);
        }

        var seen = new UriBuilder(uri) { Host = KnownHostNames.DockerDesktopHostBridge }.ToString();
        return new(Url.EndsWith('/') ? seen : seen.TrimEnd('/'));
    }
}
