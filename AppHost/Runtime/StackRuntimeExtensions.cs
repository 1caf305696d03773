using Microsoft.Extensions.DependencyInjection;

namespace EmbedStack.AppHost.Runtime;

/// <summary>Chooses where the backing services run.</summary>
internal static class StackRuntimeExtensions
{
    /// <summary>Reads the settings and chooses the runtime, once, before anything is in the model.</summary>
    public static StackRuntime AddRuntime(this IDistributedApplicationBuilder builder)
    {
        var settings = StackSettings.Read(builder.Configuration, builder.AppHostDirectory);
        if (settings.ThrowsDataAway)
        {
            // Made before anything starts, and so disposed of after everything.
            builder.Services.AddSingleton(_ => new ThrowAwayDirectory(settings.DataDirectory));
            builder.Eventing.Subscribe<BeforeStartEvent>((start, _) =>
            {
                start.Services.GetRequiredService<ThrowAwayDirectory>();
                return Task.CompletedTask;
            });
        }

        // Aspire's default depends on whether there is a dashboard. What waits for something that has failed would wait
        // for ever, and the start would not end; so it fails too, in every mode.
        builder.Services.Configure<ResourceNotificationServiceOptions>(
            options => options.DefaultWaitBehavior = WaitBehavior.StopOnResourceUnavailable);

        return Choose(settings.Runtime, ContainerProbe.OfThisMachine) is RuntimeChoice.Container
            ? new ContainerRuntime(builder, settings)
            : new NativeRuntime(builder, settings);
    }

    /// <summary>Containers where they work. The native runtime is for Linux; elsewhere there are containers or nothing.</summary>
    public static RuntimeChoice Choose(RuntimeChoice choice, ContainerProbe probe) => choice switch
    {
        RuntimeChoice.Auto when !OperatingSystem.IsLinux() || probe.ContainersWork(Versions.Images) => RuntimeChoice.Container,
        RuntimeChoice.Auto => RuntimeChoice.Native,
        _ => choice,
    };
}
