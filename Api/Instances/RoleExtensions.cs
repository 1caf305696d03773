using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EmbedStack.Api.Instances;

internal static class RoleExtensions
{
    /// <exception cref="InvalidOperationException">There is no such role.</exception>
    public static ApiRole GetRole(this IConfiguration configuration) => configuration["Role"] switch
    {
        null or "" or "all" => ApiRole.All,
        "app" => ApiRole.App,
        "edge" => ApiRole.Edge,
        var other => throw new InvalidOperationException($"Role is '{other}'; set it to all, app or edge."),
    };

    /// <summary>Adds a background service for the instances that have the role; in others it does not run.</summary>
    public static IServiceCollection AddHostedService<T>(this IServiceCollection services, ApiRole role)
        where T : class, IHostedService
    {
        services.TryAddSingleton<T>();
        return services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<IConfiguration>().GetRole().HasFlag(role)
            ? provider.GetRequiredService<T>()
            : new NotHere());
    }

    private sealed class NotHere : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
