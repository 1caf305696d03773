namespace Aspire.Hosting;

/// <summary>Adds connection strings made of values.</summary>
public static class ConnectionStringBuilderExtensions
{
    /// <summary>Adds a connection string; it is available once all that it refers to is.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="connectionStringExpression">The connection string.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<ConnectionStringResource> AddConnectionString(this IDistributedApplicationBuilder builder, [ResourceName] string name, ReferenceExpression connectionStringExpression)
    {
        var resource = new ConnectionStringResource(name, connectionStringExpression);
        var added = builder.AddResource(resource)
            .WithReferenceRelationship(connectionStringExpression)
            .WithInitialState(new CustomResourceSnapshot { ResourceType = ResourceTypes.ConnectionString, State = KnownResourceStates.NotStarted, Properties = [] });
        return added.OnInitializeResource(async (connection, @event, cancellationToken) =>
        {
            // Nobody starts a connection string: it lives once its waits are over and its value is known.
            await @event.Eventing.PublishAsync(new BeforeResourceStartedEvent(connection, @event.Services), cancellationToken).ConfigureAwait(false);
            try
            {
                await ((IResourceWithConnectionString)connection).GetConnectionStringAsync(cancellationToken).ConfigureAwait(false);
                await @event.Eventing.PublishAsync(new ConnectionStringAvailableEvent(connection, @event.Services), cancellationToken).ConfigureAwait(false);
                await @event.Notifications.PublishUpdateAsync(connection, s => s with { State = KnownResourceStates.Running }).ConfigureAwait(false);
            }
            catch (Exception ex) when (ex is not OperationCanceledException)
            {
                @event.Logger.LogError(ex, "The connection string '{Name}' could not be resolved.", connection.Name);
                await @event.Notifications.PublishUpdateAsync(connection, s => s with { State = KnownResourceStates.FailedToStart }).ConfigureAwait(false);
            }
        });
    }

    /// <summary>Adds a connection string.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="connectionStringBuilder">Builds the connection string.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<ConnectionStringResource> AddConnectionString(this IDistributedApplicationBuilder builder, [ResourceName] string name, Action<ReferenceExpressionBuilder> connectionStringBuilder)
    {
        ArgumentNullException.ThrowIfNull(connectionStringBuilder);
        var expression = new ReferenceExpressionBuilder();
        connectionStringBuilder(expression);
        return builder.AddConnectionString(name, expression.Build());
    }
}
