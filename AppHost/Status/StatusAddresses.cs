using Microsoft.Extensions.Configuration;

namespace EmbedStack.AppHost.Status;

/// <summary>The addresses a person opens.</summary>
internal sealed class StatusAddresses(IConfiguration configuration, EndpointReference app, ReferenceExpression authors)
{
    public async Task<IReadOnlyList<string[]>> LinesAsync(CancellationToken cancellationToken)
    {
        List<string[]> lines = [];
        // Endpoints of all processes are allocated together.
        if (app.IsAllocated)
        {
            lines.Add(["url", "App", app.Url]);
            lines.Add(["url", "Authors (Superset)", await authors.GetValueAsync(cancellationToken) ?? ""]);
        }

        if (configuration["ASPNETCORE_URLS"]?.Split(';')[0] is { Length: > 0 } dashboard
            && configuration["AppHost:BrowserToken"] is { Length: > 0 } token)
        {
            lines.Add(["url", "Aspire dashboard", $"{dashboard.TrimEnd('/')}/login?t={token}"]);
        }

        return lines;
    }
}
