using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EmbedStack.AppHost.Commands;

/// <summary>Keeps the "today" of kept data from growing old.</summary>
internal static class RollForward
{
    // Whoever waits for the start is told that all are up before one of them runs again.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Runs the loader once more when the stack is up: it makes data of another day anew, aside, while the others are
    /// shown. Nobody waits for it at the start.
    /// </summary>
    /// <param name="clinicData">The loader.</param>
    /// <param name="settings">Whether there are data that are kept.</param>
    /// <param name="last">The resource that is up when all are.</param>
    public static IResourceBuilder<T> WithRollForward<T>(this IResourceBuilder<T> clinicData, StackSettings settings, string last)
        where T : IResourceWithEnvironment
    {
        if (!settings.Persist)
        {
            return clinicData;
        }

        var isUp = false;
        clinicData.ApplicationBuilder.Eventing.Subscribe<BeforeStartEvent>((start, cancellation) =>
        {
            var stopping = start.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
            _ = Task.Run(() => RunAsync(start.Services, stopping), stopping);
            return Task.CompletedTask;
        });
        return clinicData.WithEnvironment(context =>
        {
            if (isUp)
            {
                context.EnvironmentVariables["ClinicData__RollForward"] = "true";
            }
        });

        async Task RunAsync(IServiceProvider services, CancellationToken stopping)
        {
            await services.GetRequiredService<ResourceNotificationService>().WaitForResourceHealthyAsync(last, stopping);
            await Task.Delay(Settling, stopping);
            isUp = true;
            await clinicData.Resource.RunAgainAsync(services, stopping);
        }
    }
}
