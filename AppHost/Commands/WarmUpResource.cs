using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EmbedStack.AppHost.Commands;

/// <summary>A process of the Api as it stands on the Aspire dashboard, with how far its warm-up is.</summary>
internal sealed class WarmUpResource(IResourceBuilder<ProjectResource> api, RotatedSecret key)
{
    /// <summary>The property that says how far it is.</summary>
    public const string Property = "Warm-up";

    private const string Nothing = "nothing asked since it started";

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan CloseLook = TimeSpan.FromSeconds(1);
    private string? _shown;

    /// <exception cref="DistributedApplicationException">There is no key.</exception>
    public async Task<WarmUpClient> ConnectAsync(CancellationToken cancellationToken) => new(
        new Uri(api.GetEndpoint("http").Url),
        await key.GetValueAsync(cancellationToken) ?? throw new DistributedApplicationException("The operators' key has no value."));

    public Task ShowAsync(IServiceProvider services, string text)
    {
        _shown = text;
        return services.GetRequiredService<ResourceNotificationService>().PublishUpdateAsync(api.Resource, snapshot => snapshot with
        {
            Properties = [.. snapshot.Properties.Where(property => property.Name != Property), new ResourcePropertySnapshot(Property, text)],
        });
    }

    /// <summary>Shows it as long as the stack runs, also where the terminal or a change of rows told it to begin.</summary>
    public void Watch() => api.ApplicationBuilder.Eventing.Subscribe<BeforeStartEvent>((start, cancellationToken) =>
    {
        var stopping = start.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        _ = Task.Run(() => WatchAsync(start.Services, stopping), cancellationToken);
        return Task.CompletedTask;
    });

    private async Task WatchAsync(IServiceProvider services, CancellationToken stopping)
    {
        await services.GetRequiredService<ResourceNotificationService>().WaitForResourceHealthyAsync(
            api.Resource.Name, WaitBehavior.WaitOnResourceUnavailable, stopping);
        while (!stopping.IsCancellationRequested)
        {
            await Task.Delay(await GoesOnAsync(services, stopping) ? CloseLook : Look, stopping);
        }
    }

    // An Api that is away says later how far it is; one that was restarted knows of none.
    private async Task<bool> GoesOnAsync(IServiceProvider services, CancellationToken stopping)
    {
        try
        {
            var progress = await (await ConnectAsync(stopping)).ReadAsync(stopping);
            var text = progress is { GoesOn: false, Total: 0 } ? Nothing : progress.ToString();
            if (text != (_shown ?? Nothing))
            {
                await ShowAsync(services, text);
            }

            return progress.GoesOn;
        }
        catch (Exception away) when (away is HttpRequestException or JsonException or DistributedApplicationException or IOException
            || (away is OperationCanceledException && !stopping.IsCancellationRequested))
        {
            return false;
        }
    }
}
