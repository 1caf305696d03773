namespace Aspire.Hosting.Lifecycle;

/// <summary>Subscribes to events before the application starts.</summary>
public interface IDistributedApplicationEventingSubscriber
{
    /// <summary>Subscribes.</summary>
    /// <param name="eventing">The events.</param>
    /// <param name="executionContext">The operation under way.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <returns>Ends when all is subscribed.</returns>
    Task SubscribeAsync(IDistributedApplicationEventing eventing, DistributedApplicationExecutionContext executionContext, CancellationToken cancellationToken);
}

/// <summary>Registers subscribers.</summary>
public static class EventingSubscriberServiceCollectionExtensions
{
    /// <summary>Registers a subscriber.</summary>
    /// <param name="services">The application's services.</param>
    /// <typeparam name="T">The subscriber.</typeparam>
    public static void AddEventingSubscriber<T>(this IServiceCollection services)
        where T : class, IDistributedApplicationEventingSubscriber
        => services.AddSingleton<IDistributedApplicationEventingSubscriber, T>();

    /// <summary>Registers a subscriber once.</summary>
    /// <param name="services">The application's services.</param>
    /// <typeparam name="T">The subscriber.</typeparam>
    public static void TryAddEventingSubscriber<T>(this IServiceCollection services)
        where T : class, IDistributedApplicationEventingSubscriber
        => Microsoft.Extensions.DependencyInjection.Extensions.ServiceCollectionDescriptorExtensions.TryAddEnumerable(
            services, ServiceDescriptor.Singleton<IDistributedApplicationEventingSubscriber, T>());
}
