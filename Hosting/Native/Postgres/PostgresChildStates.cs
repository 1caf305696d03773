using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Native.Postgres;

/// <summary>
/// Copies a server's state to its databases. Aspire does so for the children of containers alone: a resource that waits for the
/// database of an executable would wait for ever (Aspire.Hosting 13.5, ApplicationOrchestrator.SetChildResourceAsync).
/// </summary>
internal static class PostgresChildStates
{
    public static void Follow(IDistributedApplicationBuilder builder, NativePostgresServerResource server)
    {
        builder.Eventing.Subscribe<BeforeStartEvent>((@event, cancellationToken) =>
        {
            var notifications = @event.Services.GetRequiredService<ResourceNotificationService>();
            var lifetime = @event.Services.GetRequiredService<IHostApplicationLifetime>();
            _ = Task.Run(() => CopyAsync(server, notifications, lifetime.ApplicationStopped), cancellationToken);
            return Task.CompletedTask;
        });
    }

    private static async Task CopyAsync(
        NativePostgresServerResource server,
        ResourceNotificationService notifications,
        CancellationToken stopped)
    {
        try
        {
            await foreach (var change in notifications.WatchAsync(stopped).ConfigureAwait(false))
            {
                if (change.Resource == server && change.Snapshot.State is not null)
                {
                    await PublishAsync(server, change.Snapshot, notifications).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The application has stopped.
        }
    }

    private static async Task PublishAsync(
        NativePostgresServerResource server,
        CustomResourceSnapshot parent,
        ResourceNotificationService notifications)
    {
        foreach (var database in server.Databases)
        {
            await notifications.PublishUpdateAsync(database, snapshot => snapshot with
            {
                State = parent.State,
                StartTimeStamp = parent.StartTimeStamp,
                StopTimeStamp = parent.StopTimeStamp,
            }).ConfigureAwait(false);
        }
    }
}
