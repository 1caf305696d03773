using EmbedStack.Api.Http.RateLimits;
using EmbedStack.Api.Identity;

namespace EmbedStack.Api.GuestTokens;

/// <summary>What tokens are made with is read at the start: an Api that could not mint does not come up.</summary>
internal sealed class GuestTokenStart(IServiceProvider services) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        services.GetRequiredService<GuestTokenMint>();
        services.GetRequiredService<RateLimitSettings>();
        services.GetRequiredService<KeycloakSecret>(); // without it nobody signs in who could ask
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
