using Microsoft.Extensions.Configuration;

namespace EmbedStack.AppHost.Status;

/// <summary>The addresses a person opens.</summary>
internal sealed class StatusAddresses(
    IConfiguration configuration, ReferenceExpression app, ReferenceExpression authors, OriginCertificate? certificate)
{
    // Once: whoever deletes the file of a stack that runs gets its status all the same.
    private string[]? _https;

    public async Task<IReadOnlyList<string[]>> LinesAsync(CancellationToken cancellationToken)
    {
        List<string[]> lines = [];
        // Endpoints of all processes are allocated together.
        if (app.ValueProviders.OfType<EndpointReferenceExpression>().All(part => part.Endpoint.IsAllocated))
        {
            lines.Add(["url", "App", await app.GetValueAsync(cancellationToken) ?? ""]);
            lines.Add(["url", "Authors (Superset)", await authors.GetValueAsync(cancellationToken) ?? ""]);
            if (certificate is not null)
            {
                lines.Add(_https ??= ["https", certificate.AuthorityFile, certificate.KeyPin()]);
            }
        }

        if (configuration["ASPNETCORE_URLS"]?.Split(';')[0] is { Length: > 0 } dashboard
            && configuration["AppHost:BrowserToken"] is { Length: > 0 } token)
        {
            lines.Add(["url", "Aspire dashboard", $"{dashboard.TrimEnd('/')}/login?t={token}"]);
        }

        return lines;
    }
}
