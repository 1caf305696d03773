using EmbedStack.ServiceDefaults.Jobs;

namespace EmbedStack.Rotation;

/// <summary>A secret that can be rotated while the stack runs.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="ClientId">The client whose secret it is at Keycloak; null where all who know it read it from files.</param>
/// <param name="Overlap">How long something that the former value signed may still be in use.</param>
internal sealed record RotatingSecret(string Name, string? ClientId = null, TimeSpan Overlap = default)
{
    // The longest life of a guest token that may be configured, and a minute for clocks.
    private static readonly TimeSpan GuestToken = TimeSpan.FromMinutes(16);

    public static readonly IReadOnlyList<RotatingSecret> All =
    [
        new("guest-token-secret", Overlap: GuestToken),
        new("assertion-key", Overlap: GuestToken),
        new("service-account-password"),
        new("api-client-secret", "embedstack-api"),
        new("superset-client-secret", "superset"),
        new("tenants-client-secret", "embedstack-tenants"),
        // The Api brings its key ring under the new value within seconds; the next rotation withdraws the old one.
        new("data-protection-key", Overlap: TimeSpan.FromMinutes(1)),
    ];

    /// <exception cref="JobException">There is none of this name.</exception>
    public static RotatingSecret Named(string name) => All.FirstOrDefault(secret => secret.Name == name)
        ?? throw new JobException($"there is no secret '{name}' to rotate. Next: ./embedstack rotate --help");
}
