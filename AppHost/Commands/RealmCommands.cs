using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace EmbedStack.AppHost.Commands;

/// <summary>The dashboard's commands <i>Reconcile realm</i> and <i>Reset realm</i>.</summary>
internal static class RealmCommands
{
    public static IResourceBuilder<T> WithRealmCommands<T>(this IResourceBuilder<T> keycloak, KeycloakRealm realm)
        where T : IResource => keycloak
        .WithRealmCommand("reconcile-realm", "Reconcile realm", realm.FollowModelAsync, new()
        {
            Description = "Brings clients and settings that were changed at Keycloak back to the model, as each start does. Nobody has to sign in again.",
            IconName = "ArrowSync",
        })
        .WithRealmCommand("reset-realm", "Reset realm", realm.ResetAsync, new()
        {
            Description = "Deletes the realm with its users and sessions, and imports it anew. Everybody has to sign in again.",
            ConfirmationMessage = "Delete the realm with all its users and sessions, and import it anew?",
            IconName = "PersonDelete",
        });

    private static IResourceBuilder<T> WithRealmCommand<T>(
        this IResourceBuilder<T> keycloak, string name, string title, Func<ILogger, CancellationToken, Task> action, CommandOptions options)
        where T : IResource
    {
        options.UpdateState = state => state.ResourceSnapshot.HealthStatus is HealthStatus.Healthy
            ? ResourceCommandState.Enabled
            : ResourceCommandState.Disabled;
        return keycloak.WithCommand(
            name,
            title,
            async context =>
            {
                try
                {
                    await action(context.Logger, context.CancellationToken);
                    return CommandResults.Success();
                }
                catch (Exception problem) when (problem is DistributedApplicationException or HttpRequestException or OperationCanceledException)
                {
                    return CommandResults.Failure(problem.Message);
                }
            },
            options);
    }
}
