namespace Aspire.Hosting;

/// <summary>What happens before any hosted service starts.</summary>
internal static class ApplicationStart
{
    internal static async Task BeforeStartAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var eventing = services.GetRequiredService<IDistributedApplicationEventing>();
        var context = services.GetRequiredService<DistributedApplicationExecutionContext>();
        foreach (var subscriber in services.GetServices<Lifecycle.IDistributedApplicationEventingSubscriber>())
        {
            await subscriber.SubscribeAsync(eventing, context, cancellationToken).ConfigureAwait(false);
        }

        // Names first: handlers of the event publish states under them.
        var model = services.GetRequiredService<DistributedApplicationModel>();
        foreach (var resource in model.Resources.Where(Dcp.DcpNames.RunsInDcp))
        {
            Dcp.DcpNames.EnsureInstances(resource);
        }

        await eventing.PublishAsync(new BeforeStartEvent(services, model), cancellationToken).ConfigureAwait(false);
    }
}
