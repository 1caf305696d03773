using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace EmbedStack.AppHost.Commands;

/// <summary>The dashboard's command <i>Warm up dashboards</i>.</summary>
internal static partial class WarmUpCommand
{
    /// <summary>The property of the Api's resource that says how far it is.</summary>
    public const string Property = "Warm-up";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Gives the Api the key by which it knows the stack's own commands, keeps that for those at the terminal, and adds the
    /// command.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithWarmUpCommand(
        this IResourceBuilder<ProjectResource> api, IResourceBuilder<ParameterResource> key, string directory) => api
        .WithEnvironment("OPERATOR_KEY", key)
        .WithOperatorSecret(key, directory)
        .WithCommand(
            "warm-up",
            "Warm up dashboards",
            context => RunAsync(api, key.Resource, context),
            new CommandOptions
            {
                Description = "Asks ahead what pages ask when they open, for each tenant and role: whoever comes next finds answers kept.",
                IconName = "Fire",
                UpdateState = state => state.ResourceSnapshot.HealthStatus is HealthStatus.Healthy ? ResourceCommandState.Enabled : ResourceCommandState.Disabled,
            });

    private static async Task<ExecuteCommandResult> RunAsync(IResourceBuilder<ProjectResource> api, ParameterResource key, ExecuteCommandContext context)
    {
        var notifications = context.Services.GetRequiredService<ResourceNotificationService>();
        try
        {
            using var client = new WarmUpClient(
                new Uri(api.GetEndpoint("http").Url),
                await key.GetValueAsync(context.CancellationToken) ?? throw new DistributedApplicationException($"{key.Name} has no value."));
            await client.BeginAsync(context.CancellationToken);
            WarmUpProgress progress;
            do
            {
                await Task.Delay(Pause, context.CancellationToken);
                progress = await client.ReadAsync(context.CancellationToken);
                await ShowAsync(progress.ToString());
            }
            while (progress.GoesOn);

            LogEnd(context.Logger, progress.Problem ?? progress.ToString());
            return progress.Problem is { } problem ? CommandResults.Failure(problem) : CommandResults.Success(progress.ToString());
        }
        catch (Exception problem) when (problem is DistributedApplicationException or HttpRequestException or JsonException or OperationCanceledException)
        {
            await ShowAsync("stopped");
            return CommandResults.Failure(problem.Message);
        }

        Task ShowAsync(string text) => notifications.PublishUpdateAsync(api.Resource, context.ResourceName, snapshot => snapshot with
        {
            Properties = [.. snapshot.Properties.Where(property => property.Name != Property), new ResourcePropertySnapshot(Property, text)],
        });
    }

    [LoggerMessage(LogLevel.Information, "Warm-up: {Outcome}")]
    private static partial void LogEnd(ILogger logger, string outcome);
}
