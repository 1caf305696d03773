using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace EmbedStack.ServiceDefaults.Health;

/// <summary>The two health endpoints: is the process alive, and can it serve.</summary>
public static class HealthEndpoints
{
    /// <summary>Answers 200 once everything that the service needs is there, 503 otherwise.</summary>
    public const string ReadyPath = "/health";

    /// <summary>Answers 200 while the process runs, whatever its dependencies do.</summary>
    public const string AlivePath = "/alive";

    private const string LiveTag = "live";

    internal static IHostApplicationBuilder AddLivenessCheck(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [LiveTag]);
        return builder;
    }

    /// <summary>Maps <see cref="ReadyPath"/> and <see cref="AlivePath"/>; their answers name no dependency.</summary>
    /// <param name="endpoints">Where to map them.</param>
    /// <returns>The same route builder.</returns>
    public static IEndpointRouteBuilder MapHealthEndpoints(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        endpoints.MapHealthChecks(ReadyPath);
        endpoints.MapHealthChecks(AlivePath, new HealthCheckOptions { Predicate = check => check.Tags.Contains(LiveTag) });
        return endpoints;
    }
}
