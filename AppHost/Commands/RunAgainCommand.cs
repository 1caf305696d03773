using Microsoft.Extensions.DependencyInjection;

namespace EmbedStack.AppHost.Commands;

/// <summary>Runs processes again that ran to completion.</summary>
internal static class RunAgainCommand
{
    /// <summary>The dashboard's command <i>Re-run bootstrap</i>.</summary>
    public static IResourceBuilder<T> WithRerunBootstrapCommand<T>(this IResourceBuilder<T> bootstrap)
        where T : IResource =>
        bootstrap.WithCommand(
            "rerun-bootstrap",
            "Re-run bootstrap",
            context => bootstrap.Resource.RunAgainAsync(context.Services, context.CancellationToken),
            new CommandOptions
            {
                Description = "Brings Superset's schema, roles, dashboards and catalogue to what the repository says.",
                IconName = "ArrowSync",
                IsHighlighted = true,
                UpdateState = OnceEnded,
            });

    /// <summary>The dashboard's command <i>Re-seed clinic data</i>.</summary>
    public static IResourceBuilder<T> WithReseedCommand<T>(this IResourceBuilder<T> clinicData)
        where T : IResourceWithEnvironment
    {
        var reseed = false;

        return clinicData
            .WithEnvironment(context =>
            {
                if (reseed)
                {
                    context.EnvironmentVariables["ClinicData__Reseed"] = "true";
                }
            })
            .WithCommand(
                "reseed",
                "Re-seed clinic data",
                async context =>
                {
                    reseed = true;
                    try
                    {
                        return await clinicData.Resource.RunAgainAsync(context.Services, context.CancellationToken);
                    }
                    finally
                    {
                        reseed = false;
                    }
                },
                new CommandOptions
                {
                    Description = "Deletes the clinics' data and generates them anew.",
                    ConfirmationMessage = "Delete the clinics' data and generate them anew?",
                    IconName = "DatabaseArrowUp",
                    IsHighlighted = true,
                    UpdateState = OnceEnded,
                });
    }

    // A process that has ended is started, not restarted: restart is disabled in a terminal state.
    internal static Task<ExecuteCommandResult> RunAgainAsync(this IResource resource, IServiceProvider services, CancellationToken cancellation) =>
        services.GetRequiredService<ResourceCommandService>()
            .ExecuteCommandAsync(resource, KnownResourceCommands.StartCommand, cancellation);

    private static ResourceCommandState OnceEnded(UpdateCommandStateContext context) =>
        KnownResourceStates.TerminalStates.Contains(context.ResourceSnapshot.State?.Text ?? "")
            ? ResourceCommandState.Enabled
            : ResourceCommandState.Disabled;
}
