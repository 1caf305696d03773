namespace EmbedStack.Api.Alarms;

/// <summary>From where on something is unusual.</summary>
internal sealed record AlarmLimits
{
    /// <summary>Refusals of one person, or from one address, within <see cref="FailuresWithin"/>.</summary>
    public int Failures { get; init; } = 10;

    public TimeSpan FailuresWithin { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Tokens of one person within <see cref="TokensWithin"/>: a page asks for one a dashboard every few minutes.</summary>
    public int Tokens { get; init; } = 60;

    public TimeSpan TokensWithin { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How soon after one network another may not ask: as long as a token lives.</summary>
    public TimeSpan NetworksWithin { get; init; } = TimeSpan.FromMinutes(5);

    public TimeSpan CountriesWithin { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long an alarm is not told again about the same person, network or tenant.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromMinutes(10);

    public static AlarmLimits From(IConfiguration configuration)
    {
        var limits = configuration.GetSection("Alarms").Get<AlarmLimits>() ?? new AlarmLimits();
        var lifetime = configuration.GetValue("GuestTokens:Lifetime", TimeSpan.Zero);
        return limits.NetworksWithin >= lifetime ? limits : limits with { NetworksWithin = lifetime };
    }
}
