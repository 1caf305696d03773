namespace EmbedStack.Api.Http.RateLimits;

/// <summary>How many requests a person and a tenant may make: so many at once, and so many a second in the long run.</summary>
internal sealed record RateLimitSettings(int PersonBurst, int PersonPerSecond, int TenantBurst, int TenantPerSecond)
{
    /// <exception cref="InvalidOperationException">A limit is not a positive number.</exception>
    public static RateLimitSettings From(IConfiguration configuration)
    {
        return new(Read("PersonBurst", 120), Read("PersonPerSecond", 2), Read("TenantBurst", 1200), Read("TenantPerSecond", 20));

        int Read(string name, int otherwise) => configuration.GetValue<int?>($"RateLimits:{name}") switch
        {
            null => otherwise,
            { } given when given > 0 => given,
            _ => throw new InvalidOperationException($"RateLimits__{name} must be a positive number."),
        };
    }
}
