namespace Aspire.Hosting.Parameters;

/// <summary>Resolves the parameters at start and publishes their states.</summary>
internal sealed class ParameterInitializer(ResourceNotificationService notifications, ResourceLoggerService loggers)
{
    internal async Task InitializeAsync(IEnumerable<ParameterResource> parameters, CancellationToken cancellationToken)
    {
        foreach (var parameter in parameters)
        {
            await InitializeAsync(parameter, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task InitializeAsync(ParameterResource parameter, CancellationToken cancellationToken)
    {
        try
        {
            var value = await parameter.GetValueAsync(cancellationToken).ConfigureAwait(false);
            await notifications.PublishUpdateAsync(parameter, s => s with
            {
                State = KnownResourceStates.Running,
                Properties = s.Properties.Set(PropertyNames.ParameterValue, value ?? "", parameter.Secret),
            }).ConfigureAwait(false);
        }
        catch (MissingParameterValueException ex)
        {
            await FailAsync(parameter, ex, KnownResourceStates.ValueMissing, KnownResourceStateStyles.Warn).ConfigureAwait(false);
        }
        catch (Exception ex)
        {
            await FailAsync(parameter, ex, "Error initializing parameter", KnownResourceStateStyles.Error).ConfigureAwait(false);
        }
    }

    private Task FailAsync(ParameterResource parameter, Exception ex, string state, string style)
    {
        loggers.GetLogger(parameter).LogError(ex, "Failed to initialize parameter '{Parameter}'.", parameter.Name);
        return notifications.PublishUpdateAsync(parameter, s => s with
        {
            State = new ResourceStateSnapshot(state, style),
            Properties = s.Properties.Set(PropertyNames.ParameterValue, ex.Message),
        });
    }
}
