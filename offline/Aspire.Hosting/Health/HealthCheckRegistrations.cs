using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Health;

/// <summary>Every health check that a resource names must be registered.</summary>
internal sealed class HealthCheckRegistrations(DistributedApplicationModel model, ILogger<HealthCheckRegistrations> logger) : IValidateOptions<HealthCheckServiceOptions>
{
    public ValidateOptionsResult Validate(string? name, HealthCheckServiceOptions options)
    {
        var registered = options.Registrations.Select(r => r.Name).ToHashSet();
        var missing = model.Resources
            .SelectMany(r => r.Annotations.OfType<HealthCheckAnnotation>().Select(h => (r.Name, h.Key)))
            .Where(h => !registered.Contains(h.Key))
            .ToArray();
        foreach (var (resource, key) in missing)
        {
            logger.LogCritical("The health check '{Key}' is not registered and is required for resource '{Resource}'.", key, resource);
        }

        return missing.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail("A health check registration is missing. Check logs for more details.");
    }
}
