using EmbedStack.ServiceDefaults.Jobs;

namespace EmbedStack.Rotation;

/// <summary>A secret that can be rotated while the stack runs.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="ClientId">The client whose secret it is at Keycloak; null where all who know it read it from files.</param>
/// <param name="Overlap">How long something that the former value signed may still be in use.</param>
/// <param name="WrapsKeyRing">Whether the Api's data-protection keys are encrypted under it.</param>
internal sealed record RotatingSecret(string Name, string? ClientId = null, TimeSpan Overlap = default, bool WrapsKeyRing = false)
{
    // The longest life of a guest token that may be configured, and a minute for clocks.
    private static readonly TimeSpan GuestToken = TimeSpan.FromMinutes(16);

    /// <summary>
    /// How long the former value is accepted: a stolen one is worth nothing afterwards. Null where only the next rotation
    /// withdraws it, since nobody knows here when the last thing under it is gone.
    /// </summary>
    public TimeSpan? FormerHolds => WrapsKeyRing ? null : GuestToken;

    public static readonly IReadOnlyList<RotatingSecret> All =
    [
        new("guest-token-secret", Overlap: GuestToken),
        new("assertion-key", Overlap: GuestToken),
        new("service-account-password"),
        new("api-client-secret", "embedstack-api"),
        new("superset-client-secret", "superset"),
        new("tenants-client-secret", "embedstack-tenants"),
        new("northside-integration-client-secret", "northside-integration"),
        new("data-protection-key", WrapsKeyRing: true),
        new("edge-token-key", Overlap: GuestToken),
        new("operator-key"),
    ];

    /// <exception cref="JobException">There is none of this name.</exception>
    public static RotatingSecret Named(string name) => All.FirstOrDefault(secret => secret.Name == name)
        ?? throw new JobException($"there is no secret '{name}' to rotate. Next: ./embedstack rotate --help");
}
