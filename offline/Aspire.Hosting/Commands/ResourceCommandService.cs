namespace Aspire.Hosting.ApplicationModel;

/// <summary>Executes the resources' commands.</summary>
public class ResourceCommandService
{
    private readonly ResourceNotificationService _notifications;
    private readonly ResourceLoggerService _loggers;
    private readonly IServiceProvider _services;

    internal ResourceCommandService(ResourceNotificationService notifications, ResourceLoggerService loggers, IServiceProvider services)
        => (_notifications, _loggers, _services) = (notifications, loggers, services);

    /// <summary>Executes a command of one instance, or of a resource that has one.</summary>
    /// <param name="resourceId">The instance's id or the resource's name.</param>
    /// <param name="commandName">The command.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>How it ended.</returns>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(string resourceId, string commandName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(resourceId);
        ArgumentNullException.ThrowIfNull(commandName);
        return _notifications.TryGetCurrentState(resourceId, out var state)
            ? await ExecuteAsync(state.Resource, state.ResourceId, commandName, cancellationToken).ConfigureAwait(false)
            : CommandResults.Failure($"Resource '{resourceId}' not found.");
    }

    /// <summary>Executes a command of all the resource's instances at once.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="commandName">The command.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>How it ended: as failed where one failed.</returns>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(IResource resource, string commandName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(commandName);
        var names = resource.GetInstanceNames();
        var results = await Task.WhenAll(names.Select(n => ExecuteAsync(resource, n, commandName, cancellationToken))).ConfigureAwait(false);
        if (results.Length == 1)
        {
            return results[0];
        }

        var failures = names.Zip(results).Where(r => !r.Second.Success && !r.Second.Canceled).ToArray();
        if (failures.Length > 0)
        {
            return CommandResults.Failure(string.Join(Environment.NewLine, failures.Select(f => $"{f.First} failed with error: {f.Second.Message}")));
        }

        return results.FirstOrDefault(r => r.Canceled) ?? results.FirstOrDefault(r => r.Data is not null) ?? CommandResults.Success();
    }

    private async Task<ExecuteCommandResult> ExecuteAsync(IResource resource, string resourceId, string commandName, CancellationToken cancellationToken)
    {
        var log = _loggers.GetLogger(resourceId);
        ResourceCommandAnnotation? Named(string name)
            => resource.Annotations.OfType<ResourceCommandAnnotation>().SingleOrDefault(c => string.Equals(c.Name, name, StringComparison.Ordinal));

        if ((Named(commandName) ?? Named(KnownResourceCommands.Current(commandName))) is not { } command)
        {
            log.LogInformation("Command '{CommandName}' not available.", commandName);
            return CommandResults.Failure($"Command '{commandName}' not available for resource '{resourceId}'.");
        }

        log.LogInformation("Executing command '{CommandName}'.", command.Name);
        try
        {
            var context = new ExecuteCommandContext { Services = _services, ResourceName = resourceId, CancellationToken = cancellationToken, Logger = log };
            var result = await command.ExecuteCommand(context).ConfigureAwait(false);
            var outcome = result.Canceled ? "was canceled" : result.Success ? "executed successfully" : $"failed: {result.Message}";
            log.LogInformation("Command '{CommandName}' {Outcome}.", command.Name, outcome);
            return result;
        }
        catch (OperationCanceledException)
        {
            return CommandResults.Canceled();
        }
        catch (Exception ex)
        {
            log.LogError(ex, "Error executing command '{CommandName}'.", command.Name);
            return CommandResults.Failure($"Unhandled exception while executing command: {ex.Message}");
        }
    }
}
