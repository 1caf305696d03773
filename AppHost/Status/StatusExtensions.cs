using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EmbedStack.AppHost.Status;

/// <summary>Reports the start's progress.</summary>
internal static class StatusExtensions
{
    /// <summary>Writes the status file that <c>EmbedStack:StatusFile</c> names, if any.</summary>
    public static void AddStatusFile(
        this IDistributedApplicationBuilder builder, StackSettings settings, ReferenceExpression app, ReferenceExpression authors,
        KeycloakRealm realm, StatusServices services)
    {
        if (settings.StatusFile is not { } path)
        {
            return;
        }

        // Not a hosted service: those of the application start after Aspire's own, which returns once everything runs.
        builder.Eventing.Subscribe<BeforeStartEvent>((start, cancellationToken) =>
        {
            var reporter = new StatusReporter(
                new StatusFile(path),
                new StatusAddresses(builder.Configuration, app, authors, settings.IsHttps ? OriginCertificate.Of(settings) : null),
                new StatusUsers(realm),
                services,
                new StatusSecrets(start.Model, settings),
                new FailureCause(start.Services.GetRequiredService<ResourceLoggerService>()),
                new StackStatus(start.Model),
                start.Services.GetRequiredService<ResourceNotificationService>(),
                start.Services.GetRequiredService<ILogger<StatusReporter>>());
            var lifetime = start.Services.GetRequiredService<IHostApplicationLifetime>();
            _ = Task.Run(() => reporter.RunAsync(lifetime.ApplicationStopping), cancellationToken);
            return Task.CompletedTask;
        });
    }
}
