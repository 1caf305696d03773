using Microsoft.Extensions.Configuration;

namespace EmbedStack.AppHost.Status;

/// <summary>The addresses a person opens.</summary>
internal sealed class StatusAddresses(IConfiguration configuration, EndpointReference app)
{
    public IEnumerable<string[]> Lines()
    {
        if (app.IsAllocated)
        {
            yield return ["url", "App", app.Url];
        }

        if (configuration["ASPNETCORE_URLS"]?.Split(';')[0] is { Length: > 0 } dashboard
            && configuration["AppHost:BrowserToken"] is { Length: > 0 } token)
        {
            yield return ["url", "Aspire dashboard", $"{dashboard.TrimEnd('/')}/login?t={token}"];
        }
    }
}
