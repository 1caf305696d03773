using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EmbedStack.AppHost.Commands;

/// <summary>The dashboard's command <i>Reset realm</i>.</summary>
internal static class ResetRealmCommand
{
    public static IResourceBuilder<T> WithResetRealmCommand<T>(this IResourceBuilder<T> keycloak, KeycloakRealm realm)
        where T : IResource =>
        keycloak.WithCommand(
            "reset-realm",
            "Reset realm",
            async context =>
            {
                try
                {
                    await realm.ResetAsync(context.Logger, context.CancellationToken);
                    return CommandResults.Success();
                }
                catch (Exception problem) when (problem is DistributedApplicationException or HttpRequestException or OperationCanceledException)
                {
                    return CommandResults.Failure(problem.Message);
                }
            },
            new CommandOptions
            {
                Description = "Deletes the realm with its users and sessions, and imports it anew. Everybody has to sign in again.",
                ConfirmationMessage = "Delete the realm with all its users and sessions, and import it anew?",
                IconName = "PersonDelete",
                UpdateState = state => state.ResourceSnapshot.HealthStatus is HealthStatus.Healthy
                    ? ResourceCommandState.Enabled
                    : ResourceCommandState.Disabled,
            });
}
