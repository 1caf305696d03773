using System.Text.Json;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace EmbedStack.AppHost.Commands;

/// <summary>The dashboard's command <i>Warm up dashboards</i>.</summary>
internal static partial class WarmUpCommand
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Gives each process of the app the key by which it knows the stack's own commands, keeps that for those at the terminal, and
    /// adds the command and what shows how far it is, whoever told it to.
    /// </summary>
    public static void WithWarmUpCommand(this ApiInstances apis, IResourceBuilder<ParameterResource> key, string directory)
    {
        apis.First.WithOperatorSecret(key, directory);
        foreach (var api in apis.Apps)
        {
            var warmUp = new WarmUpResource(api, new RotatedSecret(key.Resource, api.ApplicationBuilder));
            warmUp.Watch();
            api.WithSecretFile("OPERATOR_KEY_FILE", key, directory)
                .WithCommand(
                    "warm-up",
                    "Warm up dashboards",
                    context => RunAsync(warmUp, context),
                    new CommandOptions
                    {
                        Description = "Asks ahead what pages ask when they open, for each tenant and role: whoever comes next finds answers kept.",
                        IconName = "Fire",
                        UpdateState = state => state.ResourceSnapshot.HealthStatus is HealthStatus.Healthy ? ResourceCommandState.Enabled : ResourceCommandState.Disabled,
                    });
        }
    }

    private static async Task<ExecuteCommandResult> RunAsync(WarmUpResource warmUp, ExecuteCommandContext context)
    {
        try
        {
            var client = await warmUp.ConnectAsync(context.CancellationToken);
            await client.BeginAsync(context.CancellationToken);
            WarmUpProgress progress;
            do
            {
                await Task.Delay(Pause, context.CancellationToken);
                progress = await client.ReadAsync(context.CancellationToken);
                await warmUp.ShowAsync(context.Services, progress.ToString());
            }
            while (progress.GoesOn);

            LogEnd(context.Logger, progress.Problem ?? progress.ToString());
            return progress.Problem is { } problem ? CommandResults.Failure(problem) : CommandResults.Success(progress.ToString());
        }
        catch (Exception problem) when (problem is DistributedApplicationException or HttpRequestException or JsonException or OperationCanceledException)
        {
            await warmUp.ShowAsync(context.Services, "stopped");
            return CommandResults.Failure(problem.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "Warm-up: {Outcome}")]
    private static partial void LogEnd(ILogger logger, string outcome);
}
